import { instanceRead, instanceWrite, read, router, write } from "../trpc/procedures";
import { changePassword, getAccount, renameAccount, revokeSession, revokeSessions } from "./service/account";
import { joinProject } from "./service/join-project";
import { changeRole, createPasswordReset, inviteMember, listInvitations, listMembers, removeMember, revokeInvitation } from "./service/members";
import { archiveProject, createProject, getProject, getViewer, listArchivedProjects, listProjects, restoreProject, updateProject } from "./service/projects";
import { createToken, listTokens, revokeToken } from "./service/tokens";

export const identityRouter = router({
  getViewer: read(getViewer),
  listProjects: instanceRead(listProjects),
  createProject: instanceWrite(createProject),
  getProject: read(getProject),
  updateProject: write(updateProject),
  archiveProject: write(archiveProject),
  listArchivedProjects: instanceRead(listArchivedProjects),
  restoreProject: instanceWrite(restoreProject),
  joinProject: instanceWrite(joinProject),
  getAccount: instanceRead(getAccount),
  renameAccount: instanceWrite(renameAccount),
  changePassword: instanceWrite(changePassword),
  revokeSession: instanceWrite(revokeSession),
  revokeSessions: instanceWrite(revokeSessions),
  listMembers: read(listMembers),
  inviteMember: write(inviteMember),
  listInvitations: read(listInvitations),
  revokeInvitation: write(revokeInvitation),
  changeRole: write(changeRole),
  removeMember: write(removeMember),
  createPasswordReset: write(createPasswordReset),
  listTokens: read(listTokens),
  createToken: write(createToken),
  revokeToken: write(revokeToken),
});
