/** What is free of a host, counted: cores (fractions allowed), bytes, GPUs. */
export type Room = { cpus: number; memoryBytes: number; gpus: number; hasPython: boolean };
