/**
 * Link of a new calibration to a stored one through their common items (question-bank-spec §3.3): same item, same
 * version, no shared stimulus; anchors of the bank where at least nine are common, else every such item. Two anchors of
 * twelve may be dropped, of a longer list the same sixth.
 */
import { fail, ok, type Result } from '../../domain/result';
import {
  itemsOnScale,
  type CalibrationItem,
  type CalibrationRecord,
  type LinkingRecord,
} from '../calibrationRecord';
import { fewestAnchors, linkWithDriftCheck, mostDropped } from './drift';
import { linkScales, type AnchorItem } from './transformation';
import { equateCuts } from './cutEquating';

type Paired = AnchorItem & { readonly isAnchor: boolean };

/** Both difficulties' errors; the base's carried to the common scale. */
function errorsOf(
  fresh: CalibrationItem,
  other: CalibrationItem,
  { scale }: CalibrationRecord,
): AnchorItem['errors'] {
  if (fresh.errorB === null || other.errorB === null) return undefined;
  return { base: scale.slope * other.errorB, fresh: fresh.errorB };
}

const canAnchor = ({ isInBlock }: CalibrationItem): boolean => !isInBlock;

function commonItems(
  base: CalibrationRecord,
  fresh: CalibrationRecord,
): { readonly anchors: readonly Paired[]; readonly changedItems: readonly string[] } {
  const known = new Map(itemsOnScale(base).map((item) => [item.itemId, item]));
  const [anchors, changedItems]: [Paired[], string[]] = [[], []];
  for (const item of fresh.items) {
    const other = known.get(item.itemId);
    if (other === undefined) continue;
    if (other.version !== item.version) changedItems.push(item.itemId);
    else if (canAnchor(item) && canAnchor(other))
      anchors.push({
        itemId: item.itemId,
        base: other,
        fresh: { a: item.a, b: item.b, c: 0 },
        errors: errorsOf(item, other, base),
        isAnchor: item.isAnchor && other.isAnchor,
      });
  }
  const named = anchors.filter(({ isAnchor }) => isAnchor);
  return { anchors: named.length >= fewestAnchors ? named : anchors, changedItems };
}

/** @example mostDroppedOf(12) === 2; mostDroppedOf(48) === 8 */
export const mostDroppedOf = (anchorCount: number): number =>
  Math.max(mostDropped, Math.floor(anchorCount / 6));

function linkOf(
  base: CalibrationRecord,
  anchors: readonly Paired[],
  changedItems: readonly string[],
): LinkingRecord {
  const allowed = mostDroppedOf(anchors.length);
  const { status, transformation, kept, dropped, linkingError } = linkWithDriftCheck(anchors, {
    mostDropped: allowed,
  });
  const used = anchors.filter(({ itemId }) => kept.some((drift) => drift.itemId === itemId));
  return {
    baseId: base.calibrationId,
    status,
    ...transformation,
    haebara: linkScales(used, 'haebara'),
    meanSigma: linkScales(used, 'meanSigma'),
    kept: kept.map((drift) => ({ ...drift })),
    dropped: dropped.map((drift) => ({ ...drift })),
    mostDropped: allowed,
    changedItems: [...changedItems],
    linkingError,
  };
}

/** The raw cut that means the base form's ability; null where no ability is expected to score it. */
function equatedCut(base: CalibrationRecord, fresh: CalibrationRecord): CalibrationRecord['cut'] {
  if (base.cut === null) return null;
  const found = equateCuts(itemsOnScale(base), itemsOnScale(fresh), [base.cut.cut]);
  const cut = found.ok ? found.value[0]?.cut : undefined;
  return cut === undefined ? null : { ...base.cut, cut };
}

/**
 * The calibration on the base's scale with the record of the link. A broken link is recorded and changes nothing else:
 * the calibration keeps a scale of its own. Fails with IRT_ANCHORS_TOO_FEW {count, needed}.
 */
export function linkCalibrations(
  base: CalibrationRecord,
  fresh: CalibrationRecord,
): Result<CalibrationRecord> {
  const { anchors, changedItems } = commonItems(base, fresh);
  if (anchors.length < fewestAnchors)
    return fail('IRT_ANCHORS_TOO_FEW', { count: anchors.length, needed: fewestAnchors });
  const link = linkOf(base, anchors, changedItems);
  if (link.status === 'broken') return ok({ ...fresh, link });
  const { slope, shift } = link;
  const linked = { ...fresh, link, scaleId: base.scaleId, scale: { slope, shift } };
  return ok({ ...linked, cut: equatedCut(base, linked) });
}

/** A calibration and the ones its scale hangs on, itself first. */
function lineOf(
  record: CalibrationRecord,
  records: ReadonlyMap<string, CalibrationRecord>,
): readonly CalibrationRecord[] {
  const line = [record];
  for (let link = record.link; link !== null && link.status === 'sound';) {
    const base = records.get(link.baseId);
    if (base === undefined) break;
    line.push(base);
    link = base.link;
  }
  return line;
}

/**
 * Error, on the common scale, of comparing two calibrations: root of the summed squared errors of the links between
 * them; 0 for one and the same, null where no sound line of links joins them.
 */
export function errorBetween(
  one: CalibrationRecord,
  other: CalibrationRecord,
  records: ReadonlyMap<string, CalibrationRecord>,
): number | null {
  const [first, second] = [lineOf(one, records), lineOf(other, records)];
  const meeting = first.find(({ calibrationId }) =>
    second.some((record) => record.calibrationId === calibrationId),
  );
  if (meeting === undefined) return null;
  const squares = [first, second].flatMap((line) =>
    line
      .slice(
        0,
        line.findIndex(({ calibrationId }) => calibrationId === meeting.calibrationId),
      )
      .map(({ link }) => (link?.linkingError ?? 0) ** 2),
  );
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
}
