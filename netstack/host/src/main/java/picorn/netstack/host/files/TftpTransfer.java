// SPDX-License-Identifier: MIT
package picorn.netstack.host.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picorn.netstack.address.IpAddress;
import picorn.netstack.stack.Stack;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/**
 * A file on its way to a client by TFTP (RFC 1350), with the options blksize (RFC 2348), timeout and tsize (RFC 2349). Block numbers
 * start again after 65535. An acknowledgement that comes twice has no effect, lest every later block go twice.
 */
final class TftpTransfer {
    /**
     * Who gets it.
     *
     * @param address of the client
     * @param port of the client, its transfer identifier
     */
    record Client(IpAddress address, int port) {}

    private static final int DEFAULT_BLOCK = 512;
    private static final int SMALLEST_BLOCK = 8;
    private static final int LARGEST_BLOCK = 65_464;
    /** What goes into a frame. */
    private static final int OUR_BLOCK = 1468;

    private static final int MOST_TRIES = 6;
    private static final int LONGEST_TIMEOUT = 255;
    private static final long SECOND = 1_000_000_000L;
    private static final int QUEUE = 4096;

    private final Stack stack;
    private final UdpSocket socket;
    private final Client client;
    private final FileChannel file;
    private final Runnable ended;
    private final UdpDatagram in = new UdpDatagram(new byte[DEFAULT_BLOCK]);
    private final UdpDatagram out = new UdpDatagram(new byte[Tftp.HEADER + OUR_BLOCK]);
    private int blockSize = DEFAULT_BLOCK;
    private long timeout = SECOND;
    private long block;
    private boolean last;
    private long due;
    private int tries;
    private boolean closed;

    TftpTransfer(Stack stack, Client client, FileChannel file, Runnable ended) {
        this.stack = stack;
        this.client = client;
        this.file = file;
        this.ended = ended;
        socket = stack.udp().bind(QUEUE);
        socket.onReadable(this::receive);
    }

    /** Answers the request: with the options that are taken, or with the first block. */
    void begin(TftpRequest request) throws IOException {
        Map<String, String> taken = take(request.options());
        if (taken.isEmpty()) {
            sendBlock(1);
        } else {
            acknowledge(taken);
        }
    }

    private Map<String, String> take(Map<String, String> asked) throws IOException {
        Map<String, String> taken = new LinkedHashMap<>();
        for (Map.Entry<String, String> option : asked.entrySet()) {
            long value = number(option.getValue());
            switch (option.getKey()) {
                case "blksize" -> {
                    if (value >= SMALLEST_BLOCK && value <= LARGEST_BLOCK) {
                        blockSize = (int) Math.min(value, OUR_BLOCK);
                        taken.put("blksize", String.valueOf(blockSize));
                    }
                }
                case "timeout" -> {
                    if (value >= 1 && value <= LONGEST_TIMEOUT) {
                        timeout = value * SECOND;
                        taken.put("timeout", String.valueOf(value));
                    }
                }
                case "tsize" -> taken.put("tsize", String.valueOf(file.size()));
                default -> {} // left out of the answer, which refuses it
            }
        }
        return taken;
    }

    private static long number(String text) {
        return text.matches("\\d{1,9}") ? Long.parseLong(text) : -1;
    }

    private void acknowledge(Map<String, String> options) {
        ByteBuffer packet = ByteBuffer.wrap(out.buffer()).putShort((short) Tftp.OACK);
        options.forEach((name, value) -> packet.put((name + "\0" + value + "\0").getBytes(StandardCharsets.US_ASCII)));
        send(packet.position());
    }

    private void sendBlock(long number) throws IOException {
        block = number;
        ByteBuffer packet = ByteBuffer.wrap(out.buffer());
        packet.putShort((short) Tftp.DATA).putShort((short) number);
        packet.limit(Tftp.HEADER + blockSize);
        long from = (number - 1) * blockSize;
        int count = file.read(packet, from);
        while (count > 0 && packet.hasRemaining()) {
            count = file.read(packet, from + packet.position() - Tftp.HEADER);
        }
        last = packet.hasRemaining();
        send(packet.position());
    }

    private void send(int length) {
        out.to(client.address(), client.port()).length(length);
        tries = 0;
        sendAgain();
    }

    private void sendAgain() {
        socket.send(out);
        due = stack.now() + timeout;
    }

    long due() {
        return due;
    }

    /** No acknowledgement has come in time. */
    void late() {
        if (++tries == MOST_TRIES) {
            ended.run();
        } else {
            sendAgain();
        }
    }

    private void receive() {
        while (!closed && socket.receive(in)) {
            if (client.equals(new Client(in.peer(), in.port()))) {
                receiveOwn();
            } else if (!Tftp.isError(in)) {
                in.length(Tftp.error(in.buffer(), Tftp.UNKNOWN_ID, "this transfer is another's"));
                socket.send(in);
            }
        }
    }

    private void receiveOwn() {
        if (isAcknowledgement()) {
            proceed();
        } else if (Tftp.isError(in)) {
            ended.run();
        }
    }

    private boolean isAcknowledgement() {
        return in.length() == Tftp.HEADER
                && Tftp.word(in.buffer(), 0) == Tftp.ACK
                && Tftp.word(in.buffer(), 2) == (block & 0xFFFF);
    }

    private void proceed() {
        if (last) {
            ended.run();
            return;
        }
        try {
            sendBlock(block + 1);
        } catch (IOException e) {
            send(Tftp.error(out.buffer(), Tftp.UNDEFINED, "the file cannot be read"));
            ended.run();
        }
    }

    /** Lets go of the port and the file. */
    void close() {
        closed = true;
        socket.close();
        try {
            file.close();
        } catch (IOException e) {
            // it was only read
        }
    }
}
