// How far a command has come, on standard error, once it takes long.

const SILENT_MS = 2_000;
const EVERY_MS = 500;
/** A log gets fewer lines than a terminal, where each replaces the one before. */
const EVERY_LOGGED_MS = 5_000;

export interface Progress {
  /** Makes room on a terminal for a line of another kind. */
  clear(): void;
  /** Says no more; the line it kept on a terminal goes. */
  end(): void;
}

/** @param say the whole state in a line */
export function showProgress(say: () => string, { isTTY = false, write } = standardError()): Progress {
  let isShown = false;
  const show = () => {
    write(isTTY ? `\r\u001b[K${say()}` : `${say()}\n`);
    isShown = true;
  };
  let timer = setTimeout(() => {
    show();
    timer = setInterval(show, isTTY ? EVERY_MS : EVERY_LOGGED_MS);
  }, SILENT_MS);
  const clear = () => {
    if (isShown && isTTY) write('\r\u001b[K');
  };
  return {
    clear,
    end() {
      clearTimeout(timer);
      clear();
    },
  };
}

const standardError = () => ({
  isTTY: process.stderr.isTTY,
  write: (text: string) => void process.stderr.write(text),
});
