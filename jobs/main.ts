// `npm run jobs`: triage and worker in one process.
import { runProcess } from '../runtime/process.ts';
import { startTriage } from './triage.ts';
import { startWorker } from './worker.ts';

await runProcess('jobs', async (context) => {
  const parts = [await startWorker(context), await startTriage(context)];
  return {
    wrong: async () => (await Promise.all(parts.map((part) => part.wrong()))).flat(),
    async stop() {
      await Promise.all(parts.map((part) => part.stop()));
    },
  };
});
