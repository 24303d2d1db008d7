/** Results of an analysis specification for a person at a terminal. Only formats; full precision is in `--json`. */
import type {
  AnalysisAnswer,
  AnalysisResult,
  ContrastLine,
  DomainKeys,
  EmptyLine,
  NumberLine,
  QuantileLine,
  TestLine,
} from '@shared/analysisSpec/result';
import { specWords } from '@shared/texts/specTexts';
import type { TextColumn } from './textTable';
import { textTable } from './textTable';

const digits = 6;

const numberText = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? '—' : String(Number(value.toPrecision(digits)));

const intervalText = (interval: { readonly lower: number; readonly upper: number } | null): string =>
  interval === null ? '—' : `${numberText(interval.lower)} – ${numberText(interval.upper)}`;

const domainText = (keys: DomainKeys): string =>
  Object.values(keys).length === 0 ? specWords.everyone : Object.values(keys).join(' × ');

const left = (header: string): TextColumn => ({ header, align: 'left' });
const right = (header: string): TextColumn => ({ header, align: 'right' });

type Row = readonly string[];

const emptyRow = ({ outcome, domain, reason }: EmptyLine): Row => [
  outcome,
  domainText(domain),
  specWords.emptyReasons[reason],
];

function estimateRow(line: NumberLine | EmptyLine): Row {
  if (line.status === 'empty') return emptyRow(line);
  return [
    line.outcome,
    domainText(line.domain),
    numberText(line.estimate),
    numberText(line.standardError),
    line.intervals.map((each) => `${each.method} ${intervalText(each)}`).join('；'),
    String(line.respondentCount),
    numberText(line.designEffect),
    String(line.degreesOfFreedom),
  ];
}

function quantileRow(line: QuantileLine | EmptyLine): Row {
  if ('status' in line) return emptyRow(line);
  return [
    line.outcome,
    domainText(line.domain),
    String(line.probability),
    numberText(line.estimate),
    numberText(line.standardError),
    intervalText(line.interval),
  ];
}

const contrastRow = (line: ContrastLine): Row => [
  line.name,
  numberText(line.estimate),
  numberText(line.standardError),
  intervalText(line.interval),
  numberText(line.pValue),
  numberText(line.adjustedPValue),
];

const testRow = ({ name, statistic, degreesOfFreedom, pValue }: TestLine): Row => [
  name,
  numberText(statistic),
  degreesOfFreedom.map(numberText).join('；'),
  numberText(pValue),
];

const { headers } = specWords;
const testColumns = [left(headers.test), ...[headers.statistic, headers.df, headers.p].map(right)];
const errorColumns = [headers.estimate, headers.standardError, headers.interval].map(right);

function regressionText(answer: Extract<AnalysisAnswer, { kind: 'regression' }>): string {
  const coefficients = textTable(
    [left(headers.coefficient), ...errorColumns, right(headers.p)],
    answer.coefficients.map((each) => [
      each.name,
      numberText(each.estimate),
      numberText(each.standardError),
      intervalText(each.interval),
      numberText(each.pValue),
    ]),
  );
  const margins = textTable(
    [left(headers.margin), ...errorColumns],
    answer.predictiveMargins.map((each) => [
      `${each.column}=${each.category}`,
      numberText(each.estimate),
      numberText(each.standardError),
      intervalText(each.interval),
    ]),
  );
  const tests = textTable(testColumns, answer.waldTests.map(testRow));
  return [
    coefficients,
    answer.waldTests.length === 0 ? '' : tests,
    answer.predictiveMargins.length === 0 ? '' : margins,
  ].join('');
}

function tTestText(answer: Extract<AnalysisAnswer, { kind: 'tTest' }>): string {
  const columns = [left(headers.outcome), ...errorColumns, right('t'), right(headers.df), right(headers.p)];
  const { outcome, estimate, standardError, interval, t, degreesOfFreedom, pValue } = answer;
  return textTable(columns, [
    [
      outcome,
      numberText(estimate),
      numberText(standardError),
      intervalText(interval),
      numberText(t),
      String(degreesOfFreedom),
      numberText(pValue),
    ],
  ]);
}

function answerText(answer: AnalysisAnswer): string {
  const domainColumns = [left(headers.outcome), left(headers.domain)];
  switch (answer.kind) {
    case 'estimates': {
      const more = [right('n'), right(headers.designEffect), right(headers.df)];
      return textTable([...domainColumns, ...errorColumns, ...more], answer.lines.map(estimateRow));
    }
    case 'quantiles':
      return textTable(
        [...domainColumns, right(headers.probability), ...errorColumns],
        answer.lines.map(quantileRow),
      );
    case 'contrasts':
      return textTable(
        [left(headers.comparison), ...errorColumns, right(headers.p), right(headers.adjustedP)],
        answer.lines.map(contrastRow),
      );
    case 'tTest':
      return tTestText(answer);
    case 'chiSquare':
      return textTable(testColumns, answer.tests.map(testRow));
    case 'regression':
      return regressionText(answer);
  }
}

const replacedText = (answer: AnalysisAnswer): string =>
  'replacesReplicates' in answer && answer.replacesReplicates ? `${specWords.replacesReplicates}\n` : '';

function designText({ design, variance, level }: AnalysisResult): string {
  const singles = design.singlePsuStrata;
  return [
    `${specWords.design(design.stratumCount, design.psuCount, design.degreesOfFreedom)}\n`,
    `${specWords.rows(design.rowCount, design.respondentCount)}\n`,
    singles.length === 0 ? '' : `${specWords.singlePsu(design.singlePsuRule, singles)}\n`,
    `${specWords.variance[variance.method]}`,
    variance.method === 'linearised' ? '' : specWords.replicates(variance.replicateCount),
    `${specWords.level(level)}\n`,
  ].join('');
}

function weightingText({ weighting }: AnalysisResult): string {
  const columns = [
    left(headers.step),
    ...[headers.rows, headers.total, headers.minimum, headers.maximum, headers.kish, headers.adjustment].map(
      right,
    ),
  ];
  return textTable(
    columns,
    weighting.map((stage) => [
      specWords.steps[stage.step],
      String(stage.rowCount),
      numberText(stage.total),
      numberText(stage.minimum),
      numberText(stage.maximum),
      numberText(stage.kishDesignEffect),
      stage.minimumAdjustment === null
        ? '—'
        : intervalText({ lower: stage.minimumAdjustment, upper: stage.maximumAdjustment ?? NaN }),
    ]),
  );
}

export function specResultText(result: AnalysisResult, written: readonly string[]): string {
  return [
    `${result.title}\n`,
    designText(result),
    `\n${weightingText(result)}`,
    ...result.analyses.map(
      (answer) =>
        `\n${answer.id}（${specWords.kinds[answer.kind]}）\n${answerText(answer)}${replacedText(answer)}`,
    ),
    ...written.map((path) => `\n${specWords.written(path)}\n`),
  ].join('');
}
