import { runProcess } from '../runtime/process.ts';
import { startSse } from './server.ts';

await runProcess('sse', startSse);
