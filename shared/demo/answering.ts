/** How a generated person answers an item: right by a 2PL model, else a wrong option or 不知道. */
import type { BankItem } from '../assessment/bank';
import { trueKey } from '../assessment/itemCodes';
import type { SeededRandom } from '../numeric/seededRandom';
import type { Answer } from '../questions/answer';

const dontKnow: Answer = { kind: 'missing', reason: 'dontKnow' };

/** P(right) = 1 / (1 + exp(-a (θ - b))) (Birnbaum 1968). */
const isRight = (item: BankItem, ability: number, random: SeededRandom): boolean =>
  random.next() < 1 / (1 + Math.exp(-item.irt.a * (ability - item.irt.b)));

function rightAnswer(item: BankItem): Answer {
  const [first = ''] = item.key;
  switch (item.type) {
    case 'tf':
      return { kind: 'trueFalse', value: first === trueKey };
    case 'single':
    case 'chart':
      return { kind: 'single', code: first };
    case 'multi':
      return { kind: 'multi', codes: [...item.key] };
    case 'order':
      return { kind: 'ordering', codes: [...item.key] };
    case 'match':
      return {
        kind: 'matching',
        pairs: Object.fromEntries(item.key.map((pair) => [pair.slice(0, 1), pair.slice(1)])),
      };
  }
}

function wrongAnswer(item: BankItem, random: SeededRandom): Answer {
  const options = (item.options ?? []).map(({ id }) => id);
  const wrong = options.filter((id) => !item.key.includes(id));
  switch (item.type) {
    case 'tf':
      return { kind: 'trueFalse', value: item.key[0] !== trueKey };
    case 'single':
    case 'chart':
      return { kind: 'single', code: wrong[random.int(wrong.length)] ?? '' };
    case 'multi':
      return { kind: 'multi', codes: [item.key[0] ?? '', ...wrong.slice(0, 1)] };
    case 'order':
      return { kind: 'ordering', codes: [...item.key].reverse() };
    case 'match':
      return { kind: 'matching', pairs: shifted(item) };
  }
}

/** Every left element paired with its neighbour's right one. */
function shifted(item: BankItem): Record<string, string> {
  const targets = item.key.map((pair) => pair.slice(1));
  return Object.fromEntries(
    item.key.map((pair, index) => [pair.slice(0, 1), targets[(index + 1) % targets.length] ?? '']),
  );
}

/** People who do not know say so about every third time. */
export function answerItem(item: BankItem, ability: number, random: SeededRandom): Answer {
  if (isRight(item, ability, random)) return rightAnswer(item);
  return random.next() < 0.35 ? dontKnow : wrongAnswer(item, random);
}
