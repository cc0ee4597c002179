/** Which of a model's outputs is its score, and the score of each row. Pure. */
import type { ModelSignature, TensorInfo } from "../contract";
import type { Tensor } from "./contract";

const isFloat = ({ datatype }: TensorInfo) => datatype === "FP32" || datatype === "FP64";
const isColumn = ({ shape }: TensorInfo) => shape.length === 1 || (shape.length === 2 && shape[1] === 1);
const isPair = ({ shape }: TensorInfo) => shape.length === 2 && (shape[1] === 2 || shape[1] === -1);

/** `probabilities` or another pair of class probabilities, else the first float column; null for models without either. */
export function scoreSource({ outputs }: ModelSignature): string | null {
  const floats = outputs.filter(isFloat);
  const found = floats.find((output) => output.name === "probabilities") ?? floats.find(isPair) ?? floats.find(isColumn);
  return found?.name ?? null;
}

/** The probability of class 1 of a pair, or the single value of a column; null where the shape is neither. */
export function scoresOf({ data, shape }: Tensor, rows: number): Float64Array | null {
  const [size = 0, width = 1] = shape;
  if (Array.isArray(data) || size !== rows || shape.length > 2 || width > 2) return null;
  return Float64Array.from({ length: rows }, (_, row) => Number(data[row * width + (width - 1)]));
}
