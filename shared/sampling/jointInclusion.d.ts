/**
 * Probabilities that two units are drawn together, for four ways of drawing n units with given unequal probabilities.
 * Horvitz-Thompson and Yates-Grundy variances need them. All matrices are row-major; the diagonal holds the
 * inclusion probabilities themselves.
 */
import { type Result } from '../domain/result';
export type UnequalProbabilityMethod = 'systematic' | 'sampford' | 'conditionalPoisson' | 'midzuno';
/**
 * Joint inclusion probabilities of all pairs of units.
 * `systematic`: in frame order with a random start (Madow 1949); pairs may have probability 0, so that no unbiased
 * variance exists. `sampford`: rejective draw of Sampford (1967). `conditionalPoisson`: greatest entropy (Chen, Dempster
 * & Liu 1994). `midzuno`: complement of Tille's (1996) elimination.
 * Units with probability 1 are drawn with everyone, those with 0 with nobody.
 * Failures: INVALID_INPUT {field: 'probabilities', row} outside 0..1; {field: 'sampleSize'} when they do not add to a
 * whole number; CALIBRATION_NOT_CONVERGED {variable: 'conditionalPoisson'}.
 * Agrees with R: sampling::UPsystematicpi2, UPsampfordpi2, UPmaxentropypi2, UPmidzunopi2.
 */
export declare function jointInclusionProbabilities(probabilities: Float64Array, method: UnequalProbabilityMethod): Result<Float64Array>;
