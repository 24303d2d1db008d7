/**
 * Times and accuracy of the psychometric goals, printed, never asserted:
 * `node electron/launch/runTypeScript.mjs tests/benchmarks/psychometrics.ts`.
 * 300 items x 5,000 persons 2PL MML-EM (goal: 60 s, parameters recovered); EAP of 300,000 persons x 50 items (goal: 10 s).
 */
import { loadavg } from 'node:os';
import { expectedAPosteriori } from '../../shared/psychometrics/irt/ability';
import { calibrateItems, type CalibrationSettings } from '../../shared/psychometrics/irt/calibrate';
import type { Result } from '../../shared/domain/result';
import { rmse, simulateResponses } from '../shared/psychometrics/simulatedResponses';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function timed<T>(name: string, task: () => T): T {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const result = task();
  const used = process.cpuUsage(cpu);
  const seconds = (performance.now() - start) / 1000;
  print(
    `${name.padEnd(52)}${seconds.toFixed(2).padStart(8)} s   CPU ${((used.user + used.system) / 1e6).toFixed(2)} s`,
  );
  return result;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

function calibration(name: string, model: CalibrationSettings['model'], isBooklets: boolean): void {
  // Booklets: 10 of them, 12 common items and 29 of the others each, as in a pilot.
  const isPresented = (person: number, item: number): boolean => item < 12 || item % 10 === person % 10;
  const { matrix, items } = simulateResponses({
    persons: 5000,
    items: 300,
    seed: `bench ${name}`,
    slopeSpread: model === 'Rasch' ? 0 : 0.3,
    ...(isBooklets ? { isPresented } : {}),
  });
  const found = timed(name, () => valueOf(calibrateItems(matrix, { model })));
  const [a, b] = [
    rmse(
      found.items.map((item) => Math.log(item.a)),
      items.map((item) => Math.log(item.a)),
    ),
    rmse(
      found.items.map((item) => item.b),
      items.map((item) => item.b),
    ),
  ];
  const { cycles, hasConverged } = found.convergence;
  print(
    `  RMSE log a ${a.toFixed(3)}, b ${b.toFixed(3)}; ${cycles} cycles, converged ${hasConverged}, ${found.information} information`,
  );
}

function scoring(): void {
  const { matrix, items, abilities } = simulateResponses({ persons: 300_000, items: 50, seed: 'bench EAP' });
  const { eap } = timed('EAP 300,000 persons x 50 items', () => expectedAPosteriori(matrix, items));
  print(`  RMSE theta ${rmse([...eap], [...abilities]).toFixed(3)}`);
}

print(
  `load ${loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')}`,
);
calibration('2PL 300 items x 5,000 persons, complete', '2PL', false);
calibration('2PL 300 items x 5,000 persons, 10 booklets', '2PL', true);
calibration('Rasch MML 300 items x 5,000 persons, complete', 'Rasch', false);
scoring();
