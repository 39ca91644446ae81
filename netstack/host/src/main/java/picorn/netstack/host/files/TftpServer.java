// SPDX-License-Identifier: MIT
package picorn.netstack.host.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.context.Timed;
import picorn.netstack.stack.Stack;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/**
 * Serves the files of a directory by TFTP (RFC 1350), in mode octet and to be read only.
 *
 * <pre>{@code
 * TftpServer.on(gateway.stack(), SharedDirectory.of(Path.of("boot")));
 * }</pre>
 */
public final class TftpServer implements Timed, Reported {
    private static final int MOST_TRANSFERS = 64;
    private static final int QUEUE = 8192;
    private static final int LONGEST = 1024;

    private final Stack stack;
    private final SharedDirectory directory;
    private final UdpSocket socket;
    private final UdpDatagram in = new UdpDatagram(new byte[LONGEST]);
    private final Map<TftpTransfer.Client, TftpTransfer> transfers = new LinkedHashMap<>();
    private long served;
    private long refused;

    private TftpServer(Stack stack, SharedDirectory directory) {
        this.stack = stack;
        this.directory = directory;
        socket = stack.udp().bind(Tftp.PORT, QUEUE);
        socket.onReadable(this::receive);
        stack.ipv4().drive(this);
        stack.ipv4().reportOn(this);
    }

    /**
     * Starts a server.
     *
     * @param stack where
     * @param directory what it serves
     * @return the server
     * @throws IllegalStateException if the port is taken
     */
    public static TftpServer on(Stack stack, SharedDirectory directory) {
        return new TftpServer(stack, directory);
    }

    private void receive() {
        while (socket.receive(in)) {
            TftpTransfer.Client client = new TftpTransfer.Client(in.peer(), in.port());
            Optional<TftpRequest> request = TftpRequest.parse(in.buffer(), in.length());
            if (Tftp.isError(in)) {
                refused++; // what answers errors answers itself in the end (RFC 1350, section 7)
            } else if (request.isEmpty()) {
                refuse(Tftp.ILLEGAL, "no request is understood");
            } else if (!transfers.containsKey(client)) { // else it was sent again, and the answer will be too
                serve(client, request.get());
            }
        }
    }

    private void serve(TftpTransfer.Client client, TftpRequest request) {
        if (request.opcode() == Tftp.WRQ) {
            refuse(Tftp.ACCESS_VIOLATION, "files are here to be read");
        } else if (!request.mode().equals("octet")) {
            refuse(Tftp.UNDEFINED, "the mode is octet");
        } else if (transfers.size() == MOST_TRANSFERS) {
            refuse(Tftp.UNDEFINED, "too many transfers; try later");
        } else {
            try {
                begin(client, request, directory.open(request.file()));
            } catch (IOException e) {
                refuse(Tftp.NOT_FOUND, "no such file");
            }
        }
    }

    private void begin(TftpTransfer.Client client, TftpRequest request, FileChannel file) throws IOException {
        TftpTransfer transfer = new TftpTransfer(stack, client, file, () -> end(client));
        transfers.put(client, transfer);
        try {
            transfer.begin(request);
            served++;
        } catch (IOException e) {
            end(client);
            throw e;
        }
    }

    private void end(TftpTransfer.Client client) {
        TftpTransfer transfer = transfers.remove(client);
        if (transfer != null) {
            transfer.close();
        }
    }

    private void refuse(int code, String message) {
        refused++;
        in.length(Tftp.error(in.buffer(), code, message));
        socket.send(in);
    }

    @Override
    public long deadline() {
        long deadline = NEVER;
        for (TftpTransfer transfer : transfers.values()) {
            deadline = Math.min(deadline, transfer.due());
        }
        return deadline;
    }

    @Override
    public long poll(long now) {
        if (deadline() <= now) {
            List<TftpTransfer> late = new ArrayList<>(transfers.values());
            late.removeIf(transfer -> transfer.due() > now);
            late.forEach(TftpTransfer::late);
        }
        return deadline();
    }

    @Override
    public void report(Report report) {
        report.add("tftp.served", served).add("tftp.refused", refused).add("tftp.transfers", transfers.size());
    }
}
