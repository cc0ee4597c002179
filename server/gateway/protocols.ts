/** Which wire protocol answers where. */
import type { GatewayApp } from "./app";

export function mountProtocols(_app: GatewayApp): void {}
