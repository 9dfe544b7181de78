// How much memory processes hold, from Linux's /proc.
import { readdirSync, readFileSync } from 'node:fs';

/** A look at one process and all below it. */
export interface Sample {
  name: string;
  atMs: number;
  mebibytes: number;
}

/** Null for one that ended meanwhile. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(/^PPid:\s+(\d+)$/m.exec(read(`/proc/${name}/status`) ?? '')?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  return children;
}

/** Memory that several processes share counts once, in parts (`Pss`, man 5 proc_pid_smaps). */
function heldBy(pid: number, children: Map<number, number[]>): number {
  const own = Number(/^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0) / 1_024;
  return (children.get(pid) ?? []).reduce((sum, child) => sum + heldBy(child, children), own);
}

/** Those that do not run right now are left out. */
export function lookAtMemory(pids: Record<string, number>): Sample[] {
  const children = childrenByParent();
  return Object.entries(pids)
    .map(([name, pid]) => ({ name, atMs: Date.now(), mebibytes: heldBy(pid, children) }))
    .filter(({ mebibytes }) => mebibytes > 0);
}

/** Means of the second and of the last third of the time, in MiB: in the first one caches fill. */
export interface MemoryUse {
  middle: number;
  end: number;
  most: number;
}

/** By name; where a process was started again, all its lives together. */
export function sumUp(samples: Sample[]): Record<string, MemoryUse> {
  const times = samples.map(({ atMs }) => atMs);
  const [startMs, endMs] = [Math.min(...times), Math.max(...times)];
  const thirdOf = ({ atMs }: Sample) => Math.floor((3 * (atMs - startMs)) / (endMs - startMs + 1));
  const mean = (some: Sample[]) => some.reduce((sum, { mebibytes }) => sum + mebibytes, 0) / some.length;
  const use = (some: Sample[]): MemoryUse => ({
    middle: mean(some.filter((sample) => thirdOf(sample) === 1)),
    end: mean(some.filter((sample) => thirdOf(sample) === 2)),
    most: Math.max(...some.map(({ mebibytes }) => mebibytes)),
  });
  const byName = Map.groupBy(samples, ({ name }) => name);
  return Object.fromEntries([...byName].map(([name, some]) => [name, use(some)]));
}
