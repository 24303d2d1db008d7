/** 试题与以往比较, for statisticians: common items of earlier surveys, drift and suspected leaks. */
import type { ItemWave, ItemWaveRow } from '../../results/itemWaveResults';
import { itemSheetTexts } from '../../texts/itemSheetTexts';
import { waveJudgement, waveLinkText } from '../../texts/itemWaveTexts';
import { itemSheet, type ItemSheetInput } from '../reportedItems';
import type { CellFormat, SheetCell, SheetColumn, SheetModel, SheetRow } from '../sheetModel';
import { fullRow, missing, number, plainHeader, row, text } from '../sheetModel';

const column = (header: string, format: CellFormat, width = 11): SheetColumn => ({
  header,
  format,
  width,
  align: format === 'text' ? 'left' : 'right',
  role: 'detail',
});

const columns: readonly SheetColumn[] = [
  { header: '题', format: 'count', width: 6, align: 'center', role: 'label' },
  { header: '题号', format: 'text', width: 22, align: 'left', role: 'label' },
  { header: '本次答卷\nn', format: 'count', width: 10, align: 'right', role: 'count' },
  column('以往\n答对率', 'share1'),
  column('本次\n答对率', 'share1'),
  { header: '变化\n（百分点）', format: 'share1', width: 11, align: 'right', role: 'estimate' },
  { header: '下限', format: 'share1', width: 9, align: 'right', role: 'lower' },
  { header: '上限', format: 'share1', width: 9, align: 'right', role: 'upper' },
  column('变化的\n标准误', 'share2'),
  column('连接后\n难度变化', 'number3'),
  column('难度变化\n的标准误', 'number3'),
  column('稳健 z', 'number2'),
  column('以往用时\n（秒）', 'points1'),
  column('本次用时\n（秒）', 'points1'),
  column('判断', 'text', 34),
];

const changeCells = ({ change, lower, upper }: ItemWaveRow): readonly SheetCell[] =>
  lower === null || upper === null
    ? [missing, missing, missing]
    : [number(change), number(lower), number(upper)];

const waveRow = (wave: ItemWave, item: ItemWaveRow, count: number): SheetRow =>
  row([
    number(item.position),
    text(item.itemId),
    number(count),
    number(item.earlier),
    number(item.later),
    ...changeCells(item),
    number(item.changeError),
    number(item.difficultyShift),
    number(item.shiftError),
    number(item.robustZ),
    number(item.secondsEarlier),
    number(item.secondsLater),
    text(waveJudgement(item, wave)),
  ]);

const waveRows = (wave: ItemWave, count: number): readonly SheetRow[] => [
  fullRow(`${wave.year} 年“${wave.surveyName}”`, 'section'),
  fullRow(waveLinkText(wave)),
  ...wave.rows.map((item) => waveRow(wave, item, count)),
];

export const itemWavesSheet = (input: ItemSheetInput): SheetModel =>
  itemSheet(input, {
    id: 'itemWaves',
    name: '试题与以往比较',
    title: '试题与以往比较',
    columns,
    build: ({ waves, respondentCount }) => ({
      headerRows: [plainHeader(columns)],
      rows:
        waves.length === 0
          ? [fullRow(itemSheetTexts.noWaves)]
          : waves.flatMap((wave) => waveRows(wave, respondentCount)),
      notes: [
        '只比较题号和版本都相同的题。两次样本相互独立，标准误按各自的抽样设计；区间为 95%。',
        '连接后难度变化：本次难度换到以往量表后减以往难度（Stocking–Lord）。稳健 z ＝（变化－中位数）÷（0.74×四分位距），绝对值大于 1.645 为漂移（F11）。',
        '疑似泄题：同一地区答对率升高 10 个百分点以上，或连接后难度下降 0.5 以上，且用时中位数变短。',
      ],
    }),
  });
