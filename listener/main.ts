import { runProcess } from '../runtime/process.ts';
import { startListener } from './listener.ts';

await runProcess('listener', startListener);
