// SPDX-License-Identifier: MIT
package picorn.netstack.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picorn.netstack.link.Direction;
import picorn.netstack.link.FrameTap;

/**
 * Writes the frames of a wire as a pcapng file (draft-ietf-opsawg-pcapng), stamped with virtual time in nanoseconds; what end
 * A of the wire sends is outbound. A failure to write does not end the run: it is kept, and nothing more is written.
 *
 * <pre>{@code
 * wire.tap(new PcapngWriter(Files.newOutputStream(Path.of("run.pcapng"))));
 * }</pre>
 */
public final class PcapngWriter implements FrameTap, Closeable {
    private static final int INBOUND = 1;
    private static final int OUTBOUND = 2;
    private static final int IF_NAME = 2;
    private static final int IF_TSRESOL = 9;
    private static final int SHB_USERAPPL = 4;
    private static final int EPB_FLAGS = 2;

    private final OutputStream out;
    private final PcapngBlock block = new PcapngBlock();
    private IOException failure;
    private boolean failed;

    /**
     * Begins a file with one section and one interface of Ethernet frames.
     *
     * @param out where to; buffering is the caller's choice, and closing it this writer's task
     */
    public PcapngWriter(OutputStream out) {
        this.out = out;
        write(block.begin(0x0A0D_0D0A)
                .put32(0x1A2B_3C4D)
                .put16(1)
                .put16(0)
                .put32(-1)
                .put32(-1)
                .option(SHB_USERAPPL, ascii("Picorn"))
                .endOfOptions());
        write(block.begin(1)
                .put16(1)
                .put16(0)
                .put32(0)
                .option(IF_NAME, ascii("board"))
                .option(IF_TSRESOL, new byte[] {9})
                .endOfOptions());
    }

    @Override
    public void sent(Direction direction, byte[] frame, int offset, int length, long now) {
        write(block.begin(6)
                .put32(0)
                .put32((int) (now >>> 32))
                .put32((int) now)
                .put32(length)
                .put32(length)
                .octets(frame, offset, length)
                .option32(EPB_FLAGS, direction == Direction.A_TO_B ? OUTBOUND : INBOUND)
                .endOfOptions());
    }

    /**
     * The first failure to write, for the one who reports it.
     *
     * @return the failure at the first call, nothing at later ones
     */
    public Optional<IOException> takeFailure() {
        Optional<IOException> taken = Optional.ofNullable(failure);
        failure = null;
        return taken;
    }

    /** Ends the file; a failure is kept like those before. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            fail(e);
        }
    }

    private void write(PcapngBlock block) {
        if (failed) {
            return;
        }
        try {
            block.end(out);
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException e) {
        if (!failed) {
            failed = true;
            failure = e;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
