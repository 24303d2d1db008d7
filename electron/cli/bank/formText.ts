/** A judged form as text for a terminal. */
import type { FormJudgement } from '@shared/assessment/formJudgement';
import type { Blueprint } from '@shared/assessment/blueprint';
import type { Instrument } from '@shared/assessment/instrument';
import { countRangeText, coverageSectionLabels, coverageSubjectText } from '@shared/texts/formTexts';
import type { TextColumn } from '../textTable';
import { textTable } from '../textTable';

const left = (header: string): TextColumn => ({ header, align: 'left' });
const right = (header: string): TextColumn => ({ header, align: 'right' });
const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const fixed = (value: number, digits: number): string => value.toFixed(digits);

const coverageText = ({ coverage }: FormJudgement, blueprint: Blueprint): string =>
  textTable(
    [left('覆盖'), left(''), right('题数'), right('允许'), left('')],
    coverage.rows.map((row) => [
      coverageSectionLabels[row.section],
      coverageSubjectText(row, blueprint.difficultyBands),
      String(row.count),
      countRangeText(row),
      row.met ? '达到' : '未达到',
    ]),
  );

const cutsText = ({ outlook }: FormJudgement, instrument: Instrument): string =>
  textTable(
    [
      left('分数线'),
      right('分'),
      right('预计达到'),
      right('全靠猜达到'),
      right('判断正确'),
      right('判断一致'),
      right('正确（LL）'),
      right('一致（LL）'),
    ],
    outlook.cuts.map(({ id, cut, observedShare, guessPassProbability, accuracy, consistency, ...rest }) => [
      instrument.tiers.find((tier) => tier.id === id)?.label ?? id,
      String(cut),
      percent(observedShare),
      guessPassProbability < 0.0001 ? '<0.01%' : `${(guessPassProbability * 100).toFixed(2)}%`,
      percent(accuracy),
      percent(consistency),
      rest.livingstonLewis === null ? '—' : percent(rest.livingstonLewis.accuracy),
      rest.livingstonLewis === null ? '—' : percent(rest.livingstonLewis.consistency),
    ]),
  );

function timeText({ coverage: { minutes } }: FormJudgement): string {
  const { selfRead, readAloud, elder, elderReadAloud } = minutes;
  return (
    `预计用时：自己看${fixed(selfRead, 0)}分钟，访员读题${fixed(readAloud, 0)}分钟；` +
    `60岁及以上自己看${fixed(elder, 0)}分钟，访员读题${fixed(elderReadAloud, 0)}分钟。\n`
  );
}

function informationText({ coverage }: FormJudgement): string {
  if (coverage.information.length === 0) return '';
  const points = coverage.information.map(
    ({ theta, value, target, specification }) =>
      `能力${theta}处${fixed(value, 2)}（目标${fixed(target, 2)}，规范设计值${fixed(specification, 1)}）`,
  );
  return `测验信息量：${points.join('，')}。\n`;
}

const methodText = '判断正确、判断一致按 Lee（2010）；LL 为 Livingston–Lewis（1995），作对照。\n';
const barredText = '本卷题数少，结果不得用于计算具备科学素质比例（达标率）。\n';

/** What a form promises; planning values from provisional difficulties, never results. */
export function judgementText(
  judgement: FormJudgement,
  blueprint: Blueprint,
  instrument: Instrument,
): string {
  const { outlook, coverage } = judgement;
  const { mean, standardDeviation } = outlook.expectedScore;
  const { kr20, standardErrorOfMeasurement } = outlook.reliability;
  return [
    `设计人群预计平均分${fixed(mean, 1)}，标准差${fixed(standardDeviation, 1)}；`,
    `KR-20信度${kr20 === null ? '—' : fixed(kr20, 2)}，测量标准误${fixed(standardErrorOfMeasurement, 1)}分。\n`,
    informationText(judgement),
    timeText(judgement),
    coverage.barredFromRate ? barredText : '',
    cutsText(judgement, instrument),
    methodText,
    coverageText(judgement, blueprint),
  ].join('');
}
