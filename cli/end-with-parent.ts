/** A process that `hubs run all` started stops when that one is gone, also when it was killed without a word. */
export function endWithParent(): void {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
