/**
 * Reads of an ONNX file what its signature needs, and passes over the weights: a file of gigabytes costs a few pages of
 * memory. Messages are walked by their lengths; fields that our schema does not name are never kept.
 */
import { type FileHandle, open } from "node:fs/promises";
import protobuf from "protobufjs";
import { Invalid } from "@/server/platform/errors";
import { modelType } from "../rules/onnx-file";
import { readVarint, varintEnd } from "../rules/varint";
import { KeptBytes } from "./kept-bytes";

/** What is kept may be this much: graphs of a hundred thousand nodes have less. */
export const maxOutlineBytes = 64 * 1024 ** 2;
/** Nodes, tensors, values and what else is kept of them. Graphs of a few ten thousand nodes are the largest in use; each part is an object once decoded. */
const maxParts = 200_000;
/** All fields, also those passed over: a forest of trees writes each of its numbers as one, millions of them. */
const maxFields = 20_000_000;
const maxDepth = 64;
const windowBytes = 64 * 1024;
/** A tag, and a length or a number: two varints of at most ten bytes. */
const headBytes = 20;

const refused = (message: string) => new Invalid(`model.onnx${message}`, { field: "model.onnx" });
const broken = () => refused(" is not an ONNX file: it does not parse.");

type Known = { name: string; wire: number; plan: Plan | null };
/** A message type by the numbers of its fields. `isCounted`: its fields count as parts, known or not. `isEmptyDropped`: says nothing when it has nothing. */
type Plan = { name: string; fields: (Known | undefined)[]; isCounted: boolean; isEmptyDropped: boolean };

const plans = new Map<protobuf.Type, Plan>();

function planOf(type: protobuf.Type): Plan {
  const known = plans.get(type);
  if (known) return known;
  const plan: Plan = { name: type.name, fields: [], isCounted: ["Model", "Graph"].includes(type.name), isEmptyDropped: ["Node", "Attribute", "Function"].includes(type.name) };
  plans.set(type, plan);
  for (const field of type.fieldsArray) {
    const { resolvedType } = field.resolve();
    const inner = resolvedType instanceof protobuf.Type ? planOf(resolvedType) : null;
    plan.fields[field.id] = { name: field.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), wire: inner || field.type === "string" ? 2 : 0, plan: inner };
  }
  return plan;
}

/** A message that is being walked: where it ends in the file, and where it began in what is kept. */
type Open = { plan: Plan; end: number; keptFrom: number; lengthAt: number | null };
type Range = { from: number; to: number };

class OnnxWalk {
  readonly #window = Buffer.allocUnsafe(windowBytes);
  readonly #kept = new KeptBytes(maxOutlineBytes, () => refused(`: its graph without weights is larger than ${maxOutlineBytes / 1024 ** 2} MiB.`));
  readonly #open: Open[];
  #from = 0;
  #filled = 0;
  #at = 0;
  #parts = 0;
  #fields = 0;

  constructor(
    private readonly file: FileHandle,
    private readonly size: number,
    plan: Plan,
  ) {
    this.#open = [{ plan, end: size, keptFrom: 0, lengthAt: null }];
  }

  async run(): Promise<Uint8Array> {
    while (this.#open.length > 0) {
      await this.#fill();
      const long = this.#walkWindow();
      if (long) await this.#keepLong(long);
    }
    return this.#kept.bytes();
  }

  async #fill(): Promise<void> {
    this.#from = this.#at;
    const { bytesRead } = await this.file.read(this.#window, 0, windowBytes, this.#from);
    this.#filled = bytesRead;
    if (bytesRead < Math.min(headBytes, this.size - this.#from)) throw broken();
  }

  /** Goes on without waiting for as long as the window has the next field's head. A field to keep that does not fit it is given back. */
  #walkWindow(): Range | null {
    for (let message = this.#open.at(-1); message; message = this.#open.at(-1)) {
      if (this.#at === message.end) {
        this.#close(message);
        continue;
      }
      const isHeadHere = this.#at + Math.min(headBytes, this.size - this.#at) <= this.#from + this.#filled;
      if (!isHeadHere) return null;
      const long = this.#field(message);
      if (long) return long;
    }
    return null;
  }

  #field(message: Open): Range | null {
    const start = this.#at - this.#from;
    const tagEnd = varintEnd(this.#window, start, this.#filled);
    const tag = readVarint(this.#window, start, tagEnd);
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    const bodyFrom = this.#from + (wire === 2 ? varintEnd(this.#window, tagEnd, this.#filled) : tagEnd);
    const bodyTo = wire === 2 ? bodyFrom + readVarint(this.#window, tagEnd, bodyFrom - this.#from) : this.#from + this.#scalarEnd(tagEnd, wire);
    if (tagEnd < 0 || number === 0 || !(bodyTo <= message.end)) throw broken();
    // A field of another wire type than the schema's is an unknown one, as protobuf has it.
    const named = message.plan.fields[number];
    const known = named?.wire === wire ? named : undefined;
    this.#count(message.plan, number, known);
    const range = { from: this.#at, to: bodyTo };
    this.#at = bodyTo;
    if (known?.plan) this.#enter(known.plan, tag, { from: bodyFrom, to: bodyTo });
    else if (known) return this.#keep(range);
    return null;
  }

  #scalarEnd(tagEnd: number, wire: number): number {
    if (wire === 0) return varintEnd(this.#window, tagEnd, this.#filled);
    if (wire === 1) return tagEnd + 8;
    return wire === 5 ? tagEnd + 4 : Number.NaN;
  }

  #count(plan: Plan, number: number, known: Known | undefined): void {
    this.#fields += 1;
    if (plan.isCounted || known?.plan?.isEmptyDropped === false || (known && !known.plan)) this.#parts += 1;
    if (this.#parts <= maxParts && this.#fields <= maxFields) return;
    const last = `(the last one read was ${plan.name}${known ? `.${known.name}` : ` field ${number}`}).`;
    throw refused(this.#parts > maxParts ? `: its graph has more than ${maxParts} parts ${last}` : `: it has more than ${maxFields} fields ${last}`);
  }

  #enter(plan: Plan, tag: number, body: Range): void {
    if (this.#open.length > maxDepth) throw broken();
    const keptFrom = this.#kept.length;
    this.#kept.addVarint(tag);
    this.#open.push({ plan, end: body.to, keptFrom, lengthAt: this.#kept.addLength() });
    this.#at = body.from;
  }

  #close({ plan, keptFrom, lengthAt }: Open): void {
    this.#open.pop();
    if (lengthAt !== null && !this.#kept.setLength(lengthAt) && plan.isEmptyDropped) this.#kept.cutTo(keptFrom);
  }

  #keep({ from, to }: Range): Range | null {
    if (to > this.#from + this.#filled) return { from, to };
    this.#kept.add(this.#window, from - this.#from, to - this.#from);
    return null;
  }

  async #keepLong({ from, to }: Range): Promise<void> {
    const target = this.#kept.reserve(to - from);
    for (let done = 0; done < target.length; ) {
      const { bytesRead } = await this.file.read(target, done, target.length - done, from + done);
      if (bytesRead === 0) throw broken();
      done += bytesRead;
    }
  }
}

/** `type`: which fields are kept; those of a signature, unless a caller wants others. */
export async function readOnnxOutline(path: string, type: protobuf.Type = modelType): Promise<Uint8Array> {
  const handle = await open(path, "r");
  try {
    return await new OnnxWalk(handle, (await handle.stat()).size, planOf(type)).run();
  } finally {
    await handle.close();
  }
}
