/** A few files as a tar.gz, by POSIX.1-1988 (ustar): enough for a recipe's code. */
import { gzipSync } from "node:zlib";

function entryOf(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write("0000644\0", 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.write("        ", 148);
  header.write("0", 156);
  header.write("ustar\0", 257);
  header.write("00", 263);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

export function gzipTarOf(files: Record<string, Buffer>): Buffer {
  const entries = Object.entries(files).map(([name, content]) => entryOf(name, content));
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));
}

export const gzipTar = (name: string, text: string): Buffer => gzipTarOf({ [name]: Buffer.from(text) });
