import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { relay } from './relay.ts';

/** A certificate that signs itself, with its key. */
export interface Certificate {
  /** Path of the certificate, in PEM. */
  path: string;
  cert: string;
  key: string;
}

/**
 * Makes a certificate of one day in a folder, by the `openssl` of this machine. Throws when there is none.
 *
 * @param names whom the certificate is for, such as `DNS:shop.example.org` and `IP:127.0.0.1`
 */
export function createCertificate(folder: string, names: readonly string[]): Certificate {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', key, '-out', cert];
  const subject = ['-subj', '/CN=test', '-addext', `subjectAltName=${names.join(',')}`];
  execFileSync('openssl', ['req', ...made, ...subject], { stdio: 'ignore' });
  return { path: cert, cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

/** Puts TLS before a port of this machine. Resolves with the port that speaks TLS, and what stops it. */
export async function startTls(port: number, { cert, key }: Certificate) {
  const sockets = new Set<TLSSocket>();
  const server = createServer({ cert, key }, (socket) => {
    sockets.add(socket);
    relay(socket, port);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
