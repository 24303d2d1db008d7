/** Entry of the worker thread: one task per life. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Progress, TaskName, WorkerMessage } from './tasks';
import { tasks } from './tasks';

const send = (message: WorkerMessage): void => parentPort?.postMessage(message);

const { name, payload } = workerData as { name: TaskName; payload: never };
const progress: Progress = (stage, fraction) => send({ kind: 'progress', stage, fraction });
const task = tasks[name] as (input: never, report: Progress) => Promise<unknown>;

send({ kind: 'done', result: (await task(payload, progress)) as never });
