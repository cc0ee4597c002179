/** Inputs of identity: people, projects, members, links, tokens. Browser-safe. */
import { z } from "zod";

/** First words of addresses that are no project's pages. */
const reservedSlugs = new Set(["agent", "ajax-api", "api", "get-artifact", "health", "live", "metrics", "no-project", "sign-in", "v2", "version", "welcome"]);

export const ProjectSlug = z
  .string()
  .min(2)
  .max(40)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, "lower-case letters, digits and inner hyphens")
  .refine((slug) => !reservedSlugs.has(slug), "this name is an address of the server itself: take another");
export const RoleSchema = z.enum(["viewer", "member", "maintainer", "owner"]);
export const TokenScopeSchema = z.enum(["read", "write", "manage"]);
export const PersonName = z.string().trim().min(1).max(100);
export const Email = z.email().max(254).transform((email) => email.toLowerCase());
export const Password = z.string().min(10, "at least 10 characters").max(200);

export const CreateProjectInput = z.object({
  slug: ProjectSlug,
  name: z.string().trim().min(1).max(100),
  description: z.string().max(1_000).default(""),
});
export const UpdateProjectInput = z.object({ name: z.string().trim().min(1).max(100), description: z.string().max(1_000).default("") });
/** The slug, typed: the same as the project's. */
export const ArchiveProjectInput = z.object({ slug: z.string().max(60) });
export const CreateTokenInput = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(TokenScopeSchema).min(1).max(3),
  expiresInDays: z.number().int().min(1).max(3_650).nullable().default(null),
});
export const RevokeTokenInput = z.object({ tokenId: z.uuid() });
export const InviteMemberInput = z.object({ role: RoleSchema, email: z.email().max(254).nullable().default(null) });
export const ChangeRoleInput = z.object({ userId: z.uuid(), role: RoleSchema });
export const RemoveMemberInput = z.object({ userId: z.uuid() });
export const AcceptLinkInput = z.object({ secret: z.string().min(20).max(200), name: PersonName.optional(), email: Email.optional(), password: Password });
export const SignInInput = z.object({ email: Email, password: z.string().min(1).max(200) });

export const JoinProjectInput = z.object({ secret: z.string().min(20).max(200) });
export const RenameAccountInput = z.object({ name: PersonName });
export const ChangePasswordInput = z.object({ current: z.string().min(1).max(200), next: Password });
export const RevokeSessionInput = z.object({ sessionId: z.uuid() });

export type SessionView = { id: string; userAgent: string | null; createdAt: Date; lastSeenAt: Date; expiresAt: Date; isThis: boolean };
export type AccountView = { name: string; email: string; isAdmin: boolean; createdAt: Date; sessions: SessionView[] };

export type LinkKind = "first_owner" | "invitation" | "password_reset";
export type LinkFacts = { kind: LinkKind; project: string | null; role: string | null; email: string | null; expiresAt: Date };
