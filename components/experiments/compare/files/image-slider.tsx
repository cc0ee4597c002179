"use client";

import { useState } from "react";
import { Slider } from "@/components/ui/forms/slider";

export type ImageSliderProps = { base: { name: string; href: string }; other: { name: string; href: string } };

/** Two images over each other; the slider says how much of the second is seen. */
export function ImageSlider({ base, other }: ImageSliderProps) {
  const [share, setShare] = useState(50);
  return (
    <figure className="grid gap-2">
      <div className="relative w-fit max-w-full overflow-hidden rounded-sm border border-line bg-well">
        {/* biome-ignore lint/performance/noImgElement: a file of the person's own, of a size nobody knows before */}
        <img src={base.href} alt={`of ${base.name}`} className="block max-h-[60dvh] max-w-full object-contain" />
        {/* biome-ignore lint/performance/noImgElement: as above */}
        <img src={other.href} alt={`of ${other.name}`} className="absolute inset-0 size-full object-contain" style={{ clipPath: `inset(0 0 0 ${share}%)` }} />
        <span aria-hidden className="absolute inset-y-0 w-0.5 bg-accent" style={{ left: `${share}%` }} />
      </div>
      <figcaption className="flex max-w-2xl items-center gap-3 text-label">
        <span className="max-w-40 truncate">{base.name}</span>
        <Slider aria-label="Where the images meet" min={0} max={100} value={share} onChange={(event) => setShare(Number(event.target.value))} className="flex-1" />
        <span className="max-w-40 truncate">{other.name}</span>
      </figcaption>
    </figure>
  );
}
