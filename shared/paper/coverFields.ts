/** The fields of a paper's cover, as ordinary questions: keyed twice and compared like everything else. */
import type { Survey, SurveySettings } from '../domain/survey';
import type { CalendarDate } from '../questionnaire/age';
import type { Question } from '../questions/kinds';
import { coverTexts } from '../texts/paperEntryTexts';
import { residences } from '../domain/groups';
import { residenceLabels } from '../texts/labels';
import type { KeyedFields } from './comparison';
import { readKeyed } from './keyedText';
import type { PaperViolation } from './paperReview';

export const coverIds = {
  date: 'cover.date',
  caseCode: 'cover.caseCode',
  region: 'cover.region',
  residence: 'cover.residence',
  enumerator: 'cover.enumerator',
  stratum: 'cover.stratum',
  psu: 'cover.psu',
  baseWeight: 'cover.baseWeight',
} as const;

const earliestDate = 20_000_101;
const latestDate = 21_001_231;
const largestWeight = 1e9;
const longestName = 60;

const text = (code: string, words: string): Question => ({
  kind: 'text',
  code,
  text: words,
  maximumLength: longestName,
  optional: true,
  mayBeBlank: true,
});

/** A probability sample cannot be estimated with a case whose design is unknown. */
const needsDesign = ({ basis }: SurveySettings): boolean => basis === 'probability';

function designFields({ samplingDesign }: SurveySettings): readonly Question[] {
  const isStratified = samplingDesign === 'stratified' || samplingDesign === 'stratifiedMultistage';
  return [
    ...(isStratified ? [text(coverIds.stratum, coverTexts.stratum)] : []),
    ...(samplingDesign === 'stratifiedMultistage' ? [text(coverIds.psu, coverTexts.psu)] : []),
    {
      kind: 'number',
      code: coverIds.baseWeight,
      text: coverTexts.baseWeight,
      minimum: 0,
      maximum: largestWeight,
      fractional: true,
      mayBeBlank: true,
    },
  ];
}

/** Cover of a survey's paper. `regionName` names the reporting units. */
export function coverFields(
  { settings }: Pick<Survey, 'settings'>,
  regionName: (code: string) => string,
): readonly Question[] {
  const { unitCodes } = settings;
  return [
    {
      kind: 'number',
      code: coverIds.date,
      text: coverTexts.date,
      hint: coverTexts.dateHint,
      minimum: earliestDate,
      maximum: latestDate,
      mayBeBlank: true,
    },
    text(coverIds.enumerator, coverTexts.enumerator),
    text(coverIds.caseCode, coverTexts.caseCode),
    ...(unitCodes.length === 0
      ? []
      : [
          {
            kind: 'single',
            code: coverIds.region,
            text: coverTexts.region,
            options: unitCodes.slice(0, 40).map((code) => ({ code, text: regionName(code) })),
            mayBeBlank: true,
          } as const,
        ]),
    {
      kind: 'single',
      code: coverIds.residence,
      text: coverTexts.residence,
      options: residences.map((code) => ({ code, text: residenceLabels[code] })),
      mayBeBlank: true,
    },
    ...(needsDesign(settings) ? designFields(settings) : []),
  ];
}

const daysIn = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

/** Date of the interview as keyed (20250630); null when it is missing or no day of the calendar. */
export function coverDate(keyed: KeyedFields): CalendarDate | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(keyed.get(coverIds.date) ?? '');
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return isDay ? { year, month, day } : null;
}

/** Fields without which the paper cannot become an interview. */
const requiredIds: ReadonlySet<string> = new Set([
  coverIds.date,
  coverIds.stratum,
  coverIds.psu,
  coverIds.baseWeight,
]);

/** What is missing or wrong on the cover. */
export function reviewCover(fields: readonly Question[], keyed: KeyedFields): readonly PaperViolation[] {
  return fields.flatMap((field): PaperViolation[] => {
    const reading = readKeyed(field, keyed.get(field.code) ?? '');
    const problem = (name: PaperViolation['problem']): PaperViolation[] => [
      { fieldId: field.code, problem: name, message: '' },
    ];
    if (reading.kind === 'unreadable') return problem(reading.problem);
    if (reading.kind === 'blank') return requiredIds.has(field.code) ? problem('coverMissing') : [];
    if (field.code === coverIds.date && coverDate(keyed) === null) return problem('coverDate');
    const weight = reading.answer.kind === 'number' ? reading.answer.value : 1;
    return field.code === coverIds.baseWeight && weight <= 0 ? problem('outOfRange') : [];
  });
}
