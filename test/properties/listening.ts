import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { expect } from 'vitest';

/** The state of a TCP socket that listens. */
export const LISTENING = '0A';

/** The process id of this process's child that runs a file. */
export function childRunning(file: string): string {
  const found = readdirSync('/proc').find((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${id}/stat`, 'utf8')) ?? [];
      return parent === String(process.pid) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(file);
    } catch {
      return false;
    }
  });
  return found ?? expect.unreachable(`no child runs ${file}`);
}

/** The local ports of the sockets that a process holds: https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt */
export function portsOf(id: string, kinds: string[], state?: string): number[] {
  const sockets = new Set(
    readdirSync(`/proc/${id}/fd`).flatMap(
      (fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${id}/fd/${fd}`))?.[1] ?? [],
    ),
  );
  const lines = kinds.flatMap((kind) => readFileSync(`/proc/${id}/net/${kind}`, 'utf8').trim().split('\n').slice(1));
  return lines.flatMap((line) => {
    const [, local = '', , is, , , , , , inode = ''] = line.trim().split(/\s+/);
    return sockets.has(inode) && (!state || is === state) ? [Number.parseInt(local.split(':').at(-1) ?? '', 16)] : [];
  });
}
