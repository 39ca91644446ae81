// SPDX-License-Identifier: MIT
package picorn.netstack.host.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picorn.netstack.service.UserGateway;

/**
 * What a gateway serves of the host's files.
 *
 * @param tftp the directory of the TFTP server, if there is to be one
 * @param http the directory of the HTTP server, if there is to be one
 * @param bootFile the file that DHCP tells clients to boot from the TFTP server, if any
 */
public record GatewayFiles(Optional<Path> tftp, Optional<Path> http, Optional<String> bootFile) {
    /** Nothing. */
    public static final GatewayFiles NONE = new GatewayFiles(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Starts the servers.
     *
     * @param gateway where, on the thread of its stack
     * @throws IOException if there is no such directory; the message is one line for the user
     */
    public void serve(UserGateway gateway) throws IOException {
        if (tftp.isPresent()) {
            TftpServer.on(gateway.stack(), SharedDirectory.of(tftp.get()));
        }
        if (http.isPresent()) {
            HttpFileServer.on(gateway.stack(), SharedDirectory.of(http.get()));
        }
        bootFile.ifPresent(name -> gateway.dhcp().bootFile(name));
    }
}
