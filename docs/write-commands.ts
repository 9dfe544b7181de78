// Writes the help of every command into commands.md; the words around it stay.
import { readFileSync, writeFileSync } from 'node:fs';
import { makeProgram } from '../cli/program.ts';
import { composeReference } from '../cli/reference.ts';

const file = new URL('commands.md', import.meta.url);
writeFileSync(file, composeReference(readFileSync(file, 'utf8'), makeProgram()));
