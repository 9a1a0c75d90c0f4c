import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The state of a TCP socket that listens. */
export const LISTENING = '0A';

/** The local ports of the sockets that a process holds: https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt */
export function portsOf(id: number | undefined, kinds: string[], state?: string): number[] {
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
