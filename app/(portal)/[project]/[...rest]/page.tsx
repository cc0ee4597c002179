import { notFound } from "next/navigation";

/** Whatever no page of the project answers is missed inside the shell, with its ways out. */
export default function UnknownPage() {
  notFound();
}
