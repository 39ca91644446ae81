// SPDX-License-Identifier: MIT
/**
 * Files of the host for the clients of a gateway, read only: {@link picorn.netstack.host.files.TftpServer} and
 * {@link picorn.netstack.host.files.HttpFileServer} serve a {@link picorn.netstack.host.files.SharedDirectory} on the gateway's stack,
 * on its thread.
 */
package picorn.netstack.host.files;
