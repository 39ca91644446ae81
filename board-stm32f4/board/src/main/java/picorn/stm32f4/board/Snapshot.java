// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import picorn.emulator.state.StateMismatch;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * The whole state of a board at one moment. As a file: {@code PICORNSN}, the format's version, the header with its length, the state
 * compressed by DEFLATE, and SHA-256 of all that.
 *
 * <pre>{@code
 * Snapshot snapshot = Snapshot.of(board);
 * snapshot.restoreTo(board);                       // as often as wanted
 * Snapshot.read(Path.of("app.snapshot")).restoreTo(other);
 * }</pre>
 */
public final class Snapshot {
    private static final byte[] MAGIC = {'P', 'I', 'C', 'O', 'R', 'N', 'S', 'N'};
    private static final int VERSION = 1;
    private static final int HASH = 32;
    private static final int PREFIX = MAGIC.length + 2 * Integer.BYTES;
    private static final int LARGEST_FILE = 512 << 20;
    /** What a board's state takes beside its memories, at most. */
    private static final int REST = 64 << 20;

    private final SnapshotHeader header;
    private final byte[] state;

    /** Of a board's section, as it was written. */
    Snapshot(SnapshotHeader header, byte[] state) {
        this.header = header;
        this.state = state;
    }

    /** Of a board as it is now, between two instructions. */
    public static Snapshot of(Board board) {
        StateWriter out = new StateWriter();
        out.section("board", board);
        return new Snapshot(SnapshotHeader.of(board), out.toByteArray());
    }

    /** What it is of. */
    public SnapshotHeader header() {
        return header;
    }

    /**
     * Makes a board go on from here. It has been put together like the one that was saved, with the same image.
     *
     * @throws StateMismatch in one line, if it has not; then the board is as it was
     */
    public void restoreTo(Board board) {
        header.requireFit(board);
        load(board);
    }

    /** Lets a board show this state, whatever image was loaded. */
    public void showOn(Board board) {
        load(board);
    }

    private void load(Board board) {
        Snapshot before = of(board);
        try {
            new StateReader(state).section("board", board);
        } catch (RuntimeException e) { // a state that no machine was ever in may fail anywhere
            new StateReader(before.state).section("board", board);
            throw e instanceof StateMismatch told ? told : new StateMismatch("it is damaged");
        }
    }

    /** Writes it as a file's content. */
    public void writeTo(OutputStream out) throws IOException {
        StateWriter headWriter = new StateWriter();
        header.save(headWriter);
        byte[] head = headWriter.toByteArray();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(MAGIC);
        all.writeBytes(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(VERSION)
                .putInt(head.length)
                .array());
        all.writeBytes(head);
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream compressed = new DeflaterOutputStream(all, fast)) {
            compressed.write(state);
        } finally {
            fast.end();
        }
        byte[] content = all.toByteArray();
        out.write(content);
        out.write(LoadedImage.sha256().digest(content));
    }

    /**
     * Reads a file.
     *
     * @throws StateMismatch in one line, if it is no snapshot, not whole, or of another version
     */
    public static Snapshot read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new StateMismatch("it is larger than any snapshot");
        }
        return read(Files.readAllBytes(file));
    }

    /** Reads what {@link #writeTo} wrote. */
    public static Snapshot read(byte[] file) {
        int end = file.length - HASH;
        if (end < PREFIX || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new StateMismatch("it is no snapshot of Picorn's");
        }
        ByteBuffer prefix = ByteBuffer.wrap(file, MAGIC.length, 2 * Integer.BYTES);
        int version = prefix.getInt();
        if (version != VERSION) {
            throw new StateMismatch(
                    "it has version %d, this Picorn reads version %d; save it anew".formatted(version, VERSION));
        }
        MessageDigest digest = LoadedImage.sha256();
        digest.update(file, 0, end);
        if (!Arrays.equals(digest.digest(), 0, HASH, file, end, file.length)) {
            throw new StateMismatch("it is truncated or damaged");
        }
        int length = prefix.getInt();
        if (length < 0 || length > end - PREFIX) {
            throw new StateMismatch("it is damaged");
        }
        SnapshotHeader header = SnapshotHeader.load(new StateReader(Arrays.copyOfRange(file, PREFIX, PREFIX + length)));
        return new Snapshot(header, inflate(file, PREFIX + length, end, largest(header.model())));
    }

    private static long largest(BoardModel model) {
        long memories = (long) model.flash() + model.sram() + model.ccm() + model.sdram();
        return REST + memories + memories / 256;
    }

    /** Room grows with what comes, whatever a file claims. */
    private static byte[] inflate(byte[] file, int from, int end, long most) {
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        byte[] some = new byte[1 << 16];
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(file, from, end - from))) {
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                state.write(some, 0, length);
                if (state.size() > most) {
                    throw new StateMismatch("it holds more than such a board has");
                }
            }
        } catch (IOException e) {
            throw new StateMismatch("it is truncated or damaged");
        }
        return state.toByteArray();
    }
}
