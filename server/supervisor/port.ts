/** Finds out before anything starts whether the port can be had. */
import { createServer } from "node:net";

/** The port itself, or a free one for 0. Throws a sentence that names the setting. */
export function claimPort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE")
        reject(
          new Error(`Port ${port} on ${host} is taken. Set SLIPWAY_PORT to another one, or to 0 for any free port.`),
        );
      else if (error.code === "EACCES")
        reject(new Error(`Port ${port} needs more rights. Set SLIPWAY_PORT to one above 1023.`));
      else reject(new Error(`SLIPWAY_HOST ${host} can't be listened on: ${error.message}.`));
    });
    probe.listen(port, host, () => {
      const address = probe.address();
      const found = typeof address === "object" && address ? address.port : port;
      probe.close(() => resolve(found));
    });
  });
}
