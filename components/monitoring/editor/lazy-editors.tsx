"use client";

import dynamic from "next/dynamic";

// With the contract's schemas, which check the form as it is filled in: they come after first paint.
export const MonitorEditor = dynamic(() => import("./monitor-editor").then((module) => module.MonitorEditor));
export const NewMonitor = dynamic(() => import("./new-monitor").then((module) => module.NewMonitor));
