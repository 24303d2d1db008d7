/**
 * Calibration of the form of one survey from its complete cases (question-bank-spec §3.2): Rasch below 500 persons and
 * wherever its BIC is within 10 of the 2PL's, the 2PL otherwise. The survey's final weights enter as a pseudo-likelihood,
 * so that theta ~ N(0, 1) describes the population and not the sample; without weights everybody counts one.
 */
import type { BankItem } from '../assessment/bank';
import type { FormEntry } from '../assessment/form';
import { passCutOf } from '../assessment/instrument';
import { instrumentPoints } from '../assessment/instrumentPoints';
import { fail, ok, type Result } from '../domain/result';
import type { CalibrationItem, CalibrationRecord } from '../psychometrics/calibrationRecord';
import { itemsOnScale } from '../psychometrics/calibrationRecord';
import { summedScoreFit } from '../psychometrics/fit/summedScoreFit';
import { expectedAPosteriori, marginalReliability } from '../psychometrics/irt/ability';
import { calibrateItems, type Calibration } from '../psychometrics/irt/calibrate';
import { fewestPersons, fewestPersonsForSlopes, preferredModel } from '../psychometrics/irt/modelChoice';
import { equateCuts } from '../psychometrics/linking/cutEquating';
import { weightAt, type ResponseMatrix } from '../psychometrics/responses';
import { isAnalysed, type AnalysisInput } from './analysisInput';
import { sampleDesign } from './sampleDesign';
import { scoredMatrix } from './scoredMatrix';
import { countsOne } from './surveySection';

export interface SurveyCalibrationInput {
  /** Rows with their answers. */
  readonly analysis: AnalysisInput;
  /** Items of the form with the keys in force, and where they stand. */
  readonly items: readonly BankItem[];
  readonly entries: readonly FormEntry[];
  readonly bankId: string;
  readonly calibrationId: string;
  readonly asked: CalibrationRecord['choice']['asked'];
}

type Progress = (stage: string, fraction: number) => void;

interface Fitted {
  readonly chosen: Calibration;
  readonly choice: CalibrationRecord['choice'];
}

/** Share of the progress bar of the first of two fits. */
const raschShare = 0.3;

function fitModels(
  matrix: ResponseMatrix,
  asked: SurveyCalibrationInput['asked'],
  progress: Progress,
): Result<Fitted> {
  const hasSlopes = matrix.personCount >= fewestPersonsForSlopes;
  if (asked === '2PL' && !hasSlopes)
    return fail('IRT_TOO_FEW_FOR_SLOPES', { count: matrix.personCount, needed: fewestPersonsForSlopes });
  const report = (from: number, to: number) => (share: number) =>
    progress('calibrating', from + (to - from) * share);
  const end = hasSlopes ? raschShare : 1;
  const rasch = calibrateItems(matrix, { model: 'Rasch', progress: report(0, end) });
  if (!rasch.ok) return rasch;
  const choice = { bicRasch: rasch.value.bic, bic2pl: null, asked };
  if (!hasSlopes) return ok({ chosen: rasch.value, choice });
  const full = calibrateItems(matrix, { model: '2PL', progress: report(end, 1) });
  if (!full.ok) return full;
  const model = asked === 'auto' ? preferredModel(rasch.value.bic, full.value.bic) : asked;
  const chosen = model === 'Rasch' ? rasch.value : full.value;
  return ok({ chosen, choice: { ...choice, bic2pl: full.value.bic } });
}

function itemRecords(
  input: SurveyCalibrationInput,
  matrix: ResponseMatrix,
  chosen: Calibration,
): readonly CalibrationItem[] {
  const { analysis, items, entries } = input;
  const points = new Map(
    instrumentPoints(items, analysis.instrument).map(({ item, points }) => [item.id, points]),
  );
  const fits = summedScoreFit(matrix, chosen.items, chosen.model === 'Rasch' ? 1 : 2);
  return chosen.items.flatMap((fitted, index) => {
    const item = items.find(({ id }) => id === fitted.itemId);
    const entry = entries.find(({ itemId }) => itemId === fitted.itemId);
    const worth = points.get(fitted.itemId);
    if (item === undefined || entry === undefined || worth === undefined) return [];
    const fit = fits[index] ?? null;
    return [
      {
        itemId: fitted.itemId,
        version: entry.itemVersion,
        isInBlock: entry.blockId !== null,
        isAnchor: item.anchor?.is_anchor === true,
        points: worth,
        a: fitted.a,
        b: fitted.b,
        errorA: fitted.standardErrors.a,
        errorB: fitted.standardErrors.b,
        shareRight: fitted.shareRight,
        fit:
          fit === null
            ? null
            : {
                statistic: fit.statistic,
                degreesOfFreedom: fit.degreesOfFreedom,
                pValue: fit.pValue,
                rmsea: fit.rmsea,
              },
      },
    ];
  });
}

const classes = { from: -3, step: 0.5, count: 12 } as const;

/** Weighted shares of abilities in classes; the outer ones take what lies beyond. */
function abilityShares(eap: Float64Array, matrix: ResponseMatrix): CalibrationRecord['abilities'] {
  const shares = Array.from({ length: classes.count }, () => 0);
  let total = 0;
  eap.forEach((theta, person) => {
    const weight = weightAt(matrix, person);
    const place = Math.floor((theta - classes.from) / classes.step);
    const inside = Math.min(classes.count - 1, Math.max(0, place));
    shares[inside] = (shares[inside] ?? 0) + weight;
    total += weight;
  });
  return { from: classes.from, step: classes.step, shares: shares.map((share) => share / total) };
}

/** theta_c of the instrument's pass mark on the founding form. */
function foundingCut(
  input: SurveyCalibrationInput,
  items: readonly CalibrationItem[],
): CalibrationRecord['cut'] {
  const instrumentCut = passCutOf(input.analysis.instrument);
  if (instrumentCut === null) return null;
  const form = itemsOnScale({ items: [...items], scale: { slope: 1, shift: 0 } });
  const found = equateCuts(form, form, [instrumentCut]);
  const equated = found.ok ? found.value[0] : undefined;
  return equated === undefined ? null : { instrumentCut, theta: equated.theta, cut: equated.cut };
}

function recordOf(
  input: SurveyCalibrationInput,
  matrix: ResponseMatrix,
  { chosen, choice }: Fitted,
): CalibrationRecord {
  const { survey, dataFingerprint, computedAt } = input.analysis;
  const items = itemRecords(input, matrix, chosen);
  const scores = expectedAPosteriori(matrix, chosen.items);
  return {
    calibrationId: input.calibrationId,
    bankId: input.bankId,
    surveyIds: [survey.id],
    surveyName: survey.settings.name,
    year: survey.settings.year,
    isDemo: survey.isDemo,
    instrumentId: input.analysis.instrument.id,
    model: chosen.model,
    scaleId: input.calibrationId,
    scale: { slope: 1, shift: 0 },
    items: [...items],
    fit: {
      minus2LogLikelihood: -2 * chosen.logLikelihood,
      aic: chosen.aic,
      bic: chosen.bic,
      personCount: chosen.personCount,
      parameterCount: chosen.parameterCount,
      cycles: chosen.convergence.cycles,
      hasConverged: chosen.convergence.hasConverged,
      reliability: marginalReliability(scores),
    },
    choice,
    weighting: matrix.weights === null ? 'equal' : 'survey',
    abilities: abilityShares(scores.eap, matrix),
    cut: foundingCut(input, items),
    link: null,
    dataFingerprint,
    by: '',
    at: computedAt,
  };
}

/**
 * Calibrates. Failures: IRT_TOO_FEW {count, needed} below 200 persons; IRT_TOO_FEW_FOR_SLOPES {count, needed} when the 2PL
 * is asked of fewer than 500; ITEM_WITHOUT_VARIATION {items}; those of `sampleDesign` and `scoreItem`.
 */
export function calibrateSurvey(
  input: SurveyCalibrationInput,
  progress: Progress = () => undefined,
): Result<CalibrationRecord> {
  const rows = input.analysis.rows.filter(isAnalysed);
  if (rows.length < fewestPersons) return fail('IRT_TOO_FEW', { count: rows.length, needed: fewestPersons });
  const sample = sampleDesign(rows, input.analysis);
  if (!sample.ok) return sample;
  const scored = scoredMatrix(input.items, rows, sample.value.design.weights);
  if (!scored.ok) return scored;
  const isEqual = countsOne(rows, input.analysis);
  const matrix = isEqual ? { ...scored.value, weights: null } : scored.value;
  const fitted = fitModels(matrix, input.asked, progress);
  if (!fitted.ok) return fitted;
  progress('itemFit', 1);
  return ok(recordOf(input, matrix, fitted.value));
}
