// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import picorn.netstack.tcp.TcpFailure;
import picorn.netstack.tcp.TcpSocket;

/** The exceptions by which the failures of a connection are told, those of java.net where there is one. */
final class TcpFailures {
    private TcpFailures() {}

    static void check(TcpSocket socket) throws IOException {
        if (socket.failure().isPresent()) {
            throw exception(socket.failure().get(), socket.remoteAddress() + ":" + socket.remotePort());
        }
    }

    static IOException exception(TcpFailure failure, String peer) {
        return switch (failure) {
            case REFUSED -> new ConnectException(peer + " has refused the connection; nobody listens there");
            case RESET -> new SocketException(peer + " has reset the connection");
            case TIMED_OUT -> new ConnectException(peer + " has not answered in time");
            case UNREACHABLE -> new NoRouteToHostException(peer + " cannot be reached");
            case OUT_OF_MEMORY -> new IOException(
                    "no memory for the connection to " + peer + "; give the stack more by StackConfig.memory");
        };
    }
}
