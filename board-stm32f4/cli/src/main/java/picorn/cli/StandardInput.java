// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import picorn.emulator.host.HostInbox;

/** Standard input on its way to a serial line: the keys of a terminal, of which some are Picorn's, or what a pipe brings until it ends. */
final class StandardInput implements AutoCloseable {
    private static final int CHUNK = 256;
    /** Chunks that wait for a guest that does not read; what is typed beyond is lost, so that the escape key is always seen. */
    private static final int WAITING = 256;

    private static final byte[] END = {};

    private final SerialLink.Line line;
    private final Optional<HostTerminal> terminal;
    private final EscapeKey escape;
    private final HostInbox.Port octets;
    private final HostInbox.Port end;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING);

    private StandardInput(SerialLink.Line line) {
        this.line = line;
        terminal = HostTerminal.openRaw();
        escape = new EscapeKey(line.leave(), () -> System.err.print(EscapeKey.HELP));
        octets = line.inbox().open("uart1", line.input()::received);
        end = line.inbox().openUnawaited("uart1 end", none -> ended());
        line.pace().opened();
    }

    /** Begins to read, by threads of its own. */
    static StandardInput open(SerialLink.Line line) {
        StandardInput input = new StandardInput(line);
        input.terminal.ifPresent(found -> System.err.println("picorn: Ctrl-A x ends the run, Ctrl-A h tells more"));
        SerialLink.start("standard input", input::read);
        SerialLink.start("standard input to USART1", input::post);
        return input;
    }

    private void read() {
        byte[] chunk = new byte[CHUNK];
        InputStream in = System.in;
        try {
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                if (terminal.isPresent()) {
                    waiting.offer(escape.filter(chunk, length));
                } else {
                    waiting.put(Arrays.copyOf(chunk, length));
                }
            }
            waiting.put(END);
        } catch (IOException e) {
            waiting.offer(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void post() {
        try {
            for (byte[] chunk = waiting.take(); chunk != END; chunk = waiting.take()) {
                line.input().reserve(chunk.length);
                octets.post(chunk);
            }
            end.post(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing more will come, so that nothing has to be waited for; the run goes on. */
    private void ended() {
        octets.close();
        line.pace().closed();
    }

    @Override
    public void close() {
        octets.close();
        terminal.ifPresent(HostTerminal::close);
    }
}
