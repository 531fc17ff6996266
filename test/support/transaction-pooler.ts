import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A pooler in front of a server: `url` leads through it. */
export interface TransactionPooler {
  readonly url: string;
  close(): Promise<void>;
}

const STARTUP_VERSION = 196608;
const READY = "Z".charCodeAt(0);
const SYNC_OR_QUERY: ReadonlySet<number> = new Set(["Q".charCodeAt(0), "S".charCodeAt(0)]);
const TERMINATE = "X".charCodeAt(0);

/** Cuts what comes over a socket into messages: a letter, a length that counts itself, and the rest. The very first of a client has no letter. */
function onMessages(socket: Socket, isClient: boolean, take: (message: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  let isFirst = isClient;
  socket.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const start = isFirst ? 0 : 1;
      if (rest.length < start + 4) return;
      const length = start + rest.readInt32BE(start);
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      isFirst = false;
      take(message);
    }
  });
}

interface Backend {
  readonly socket: Socket;
  /** Takes the answer to what was sent last. */
  answer: (message: Buffer) => void;
}

async function openBackend(path: string, user: string, database: string): Promise<{ readonly backend: Backend; readonly greeting: readonly Buffer[] }> {
  const socket = connect(path);
  const words = Buffer.from(`user\0${user}\0database\0${database}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(words.length + 8, 0);
  head.writeInt32BE(STARTUP_VERSION, 4);
  socket.write(Buffer.concat([head, words]));
  const greeting: Buffer[] = [];
  const backend: Backend = { socket, answer: () => undefined };
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    backend.answer = (message) => {
      greeting.push(message);
      if (message[0] === READY) resolve();
    };
    onMessages(socket, false, (message) => backend.answer(message));
  });
  return { backend, greeting };
}

/**
 * Starts a pooler that gives each transaction another of two server connections in turn, as PgBouncer's transaction mode may. The server is reached
 * over its socket, where it asks for no password.
 */
export async function startTransactionPooler(url: string): Promise<TransactionPooler> {
  const address = new URL(url);
  const path = `${address.searchParams.get("host") ?? ""}/.s.PGSQL.${address.port}`;
  const opened = [await openBackend(path, address.username, address.pathname.slice(1)), await openBackend(path, address.username, address.pathname.slice(1))];
  const greeting = opened[0]?.greeting ?? [];
  let turn = 0;
  const server = createServer((client) => {
    client.on("error", () => undefined);
    let backend: Backend | undefined;
    let isFirst = true;
    const batch: Buffer[] = [];
    onMessages(client, true, (message) => {
      if (isFirst) {
        isFirst = false;
        client.write(Buffer.concat(greeting));
        return;
      }
      if (message[0] === TERMINATE) return;
      batch.push(message);
      if (!SYNC_OR_QUERY.has(message[0] ?? 0)) return;
      backend ??= opened[turn++ % opened.length]?.backend;
      const current = backend;
      if (current === undefined) return;
      current.answer = (answer) => {
        client.write(answer);
        // Idle outside a transaction: the next one may go elsewhere.
        if (answer[0] === READY && answer[5] === "I".charCodeAt(0)) backend = undefined;
      };
      current.socket.write(Buffer.concat(batch.splice(0)));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const listening = server.address();
  const port = typeof listening === "object" && listening !== null ? listening.port : 0;
  return {
    url: `postgres://${address.username}@127.0.0.1:${port}${address.pathname}`,
    async close() {
      for (const { backend } of opened) backend.socket.destroy();
      server.close();
    },
  };
}
