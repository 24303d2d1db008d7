import { describe, expect, it } from 'vitest';
import { dammDigit, formatPaperNumber, readPaperNumber } from '@shared/paper/paperNumber';

const digits = [...'0123456789'];
const sample = Array.from({ length: 500 }, (_, index) => ((index * 1999) % 999_999) + 1);
const printed = (number: number): string => formatPaperNumber(number).replace('-', '');

describe('the number of a paper', () => {
  it('carries the check digit of the published example: 572 gives 4', () => {
    expect(dammDigit('572')).toBe(4);
    expect(dammDigit('5724')).toBe(0);
    expect(formatPaperNumber(572)).toBe('000572-4');
  });

  it('is read back, with and without hyphen and leading zeros', () => {
    for (const number of sample) expect(readPaperNumber(formatPaperNumber(number))).toBe(number);
    expect(readPaperNumber('5724')).toBe(572);
    expect(readPaperNumber('０００５７２－４')).toBe(572);
  });

  it('is refused after any single wrong digit', () => {
    for (const number of sample) {
      const whole = printed(number);
      for (let place = 0; place < whole.length; place += 1)
        for (const digit of digits.filter((each) => each !== whole[place]))
          expect(readPaperNumber(whole.slice(0, place) + digit + whole.slice(place + 1))).toBeNull();
    }
  });

  it('is refused after any two different neighbours changed places', () => {
    for (const number of sample) {
      const whole = printed(number);
      for (let place = 0; place + 1 < whole.length; place += 1) {
        const [left = '', right = ''] = whole.slice(place, place + 2);
        if (left === right) continue;
        expect(readPaperNumber(whole.slice(0, place) + right + left + whole.slice(place + 2))).toBeNull();
      }
    }
  });

  it('is no number when it is words, too long or zero', () => {
    for (const keyed of ['', '甲', '12345678', '0', '0000000']) expect(readPaperNumber(keyed)).toBeNull();
  });
});
