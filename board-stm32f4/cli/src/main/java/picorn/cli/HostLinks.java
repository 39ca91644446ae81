// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import picorn.netstack.host.FrameSocket;
import picorn.netstack.host.HostLink;
import picorn.netstack.host.StreamLink;
import picorn.netstack.host.TapDevice;

/** Opens the links of the host's that carry frames, and tells the user where they are. */
final class HostLinks {
    private HostLinks() {}

    /** What a target that is a link names. */
    static HostLink open(NetTarget target) throws UsageError {
        if (target instanceof NetTarget.Tap tap) {
            return tap(tap.name());
        }
        if (target instanceof NetTarget.Socket socket) {
            return socket(socket.text(), socket.socket());
        }
        throw new IllegalArgumentException("no link: " + target);
    }

    private static HostLink tap(String name) throws UsageError {
        try {
            return TapDevice.open(name);
        } catch (IOException e) {
            throw new UsageError(e.getMessage());
        }
    }

    /** A socket to QEMU or Picorn, which the user has written as {@code text}. */
    static HostLink socket(String text, FrameSocket socket) throws UsageError {
        try {
            HostLink link = socket.open();
            if (link instanceof StreamLink stream && stream.listensAt().isPresent()) {
                System.err.printf(
                        "picorn: waiting for frames at %s%n", stream.listensAt().get());
            }
            return link;
        } catch (UnresolvedAddressException e) {
            throw new UsageError("socket %s: the host's name is not known; write its number".formatted(text));
        } catch (IOException | UnsupportedOperationException e) {
            throw new UsageError("socket %s cannot be opened: %s".formatted(text, e.getMessage()));
        }
    }
}
