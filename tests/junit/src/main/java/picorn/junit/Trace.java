// SPDX-License-Identifier: MIT
package picorn.junit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picorn.emulator.image.Symbols;
import picorn.netstack.link.Wire;
import picorn.stm32f4.trace.BoardTrace;
import picorn.stm32f4.trace.TraceRequest;

/**
 * What a board did since a test asked for this, of 64 MB the first.
 *
 * <pre>{@code
 * Trace interrupts = board.trace(TraceKind.IRQ);
 * board.run(ofMillis(10));
 * assertThat(interrupts.lines()).filteredOn(line -> line.contains("enter TIM2")).hasSize(10);
 * }</pre>
 */
public final class Trace {
    private static final int MOST = 64 << 20;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final BoardTrace trace;
    private boolean ended;

    Trace(picorn.stm32f4.board.Board board, Wire cable, Symbols symbols, TraceRequest request) {
        trace = BoardTrace.begin(board, Optional.of(cable), symbols, request, new Kept());
    }

    private final class Kept extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int at, int length) throws IOException {
            if (kept.size() + length > MOST) {
                throw new IOException("the trace has more than %d MB; trace less".formatted(MOST >> 20));
            }
            kept.write(octets, at, length);
        }
    }

    /**
     * Its lines up to now.
     *
     * <pre>{@code
     * assertThat(board.trace(TraceKind.NET).lines()).isEmpty();
     * }</pre>
     *
     * @throws AssertionError if there were more than are kept
     */
    public List<String> lines() {
        trace.flush();
        trace.failure().ifPresent(failure -> {
            throw new AssertionError(failure.getMessage());
        });
        return kept.toString(StandardCharsets.US_ASCII).lines().toList();
    }

    /**
     * Ends it, which completes formats that have an end.
     *
     * <pre>{@code
     * Trace coverage = board.trace(TraceRequest.of(TraceFormat.LCOV));
     * board.awaitExit(ofSeconds(1));
     * Files.write(Path.of("target/app.info"), coverage.end());
     * }</pre>
     *
     * @return the file
     */
    public byte[] end() {
        if (!ended) {
            ended = true;
            trace.end();
        }
        lines();
        return kept.toByteArray();
    }
}
