// SPDX-License-Identifier: MIT
package picorn.stm32f4.linux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import picorn.emulator.image.BadImage;

/**
 * A device tree, as a blob that a kernel is handed and as nodes that can be changed (Devicetree Specification 0.4, chapter 5).
 *
 * <pre>{@code
 * DeviceTree tree = DeviceTree.parse("board.dtb", Files.readAllBytes(Path.of("board.dtb")));
 * tree.root().child("chosen").set("bootargs", "console=ttySTM0");
 * byte[] blob = tree.toBlob();
 * }</pre>
 */
public final class DeviceTree {
    private static final int MAGIC = 0xD00D_FEED;
    private static final int VERSION = 17;
    private static final int LAST_COMPATIBLE_VERSION = 16;
    private static final int HEADER = 40;
    private static final int BEGIN_NODE = 1;
    private static final int END_NODE = 2;
    private static final int PROPERTY = 3;
    private static final int NOP = 4;
    private static final int END = 9;
    private static final int DEEPEST = 64;

    private final DeviceTreeNode root;
    private final byte[] reservations;

    private DeviceTree(DeviceTreeNode root, byte[] reservations) {
        this.root = root;
        this.reservations = reservations;
    }

    /** The node without a name. */
    public DeviceTreeNode root() {
        return root;
    }

    /**
     * Reads a blob.
     *
     * @param name for the message
     * @throws BadImage when it is none, or not whole
     */
    public static DeviceTree parse(String name, byte[] blob) throws BadImage {
        try {
            return parse(ByteBuffer.wrap(blob));
        } catch (Corrupt | RuntimeException e) {
            // Every place comes from the file: one past its end is only one of the ways in which it can be wrong.
            throw new BadImage(
                    name, "it is no device tree blob, or a corrupt one", "make it with dtc, or the kernel's make dtbs");
        }
    }

    private static DeviceTree parse(ByteBuffer in) throws Corrupt {
        require(in.getInt(0) == MAGIC && in.getInt(4) <= in.capacity() && in.getInt(24) <= VERSION);
        ByteBuffer structure = in.duplicate().position(in.getInt(8)).slice();
        int strings = in.getInt(12);
        byte[] reservations = reservations(in, in.getInt(16));
        Deque<DeviceTreeNode> open = new ArrayDeque<>();
        while (true) {
            switch (structure.getInt()) {
                case BEGIN_NODE -> begin(structure, open);
                case END_NODE -> {
                    DeviceTreeNode closed = open.pop();
                    if (open.isEmpty()) {
                        return new DeviceTree(closed, reservations);
                    }
                }
                case PROPERTY -> property(structure, in, strings, open);
                case NOP -> {}
                default -> throw new Corrupt();
            }
        }
    }

    private static void begin(ByteBuffer structure, Deque<DeviceTreeNode> open) throws Corrupt {
        require(open.size() < DEEPEST);
        String name = string(structure);
        align(structure);
        open.push(open.isEmpty() ? new DeviceTreeNode(name) : open.peek().child(name));
    }

    private static void property(ByteBuffer structure, ByteBuffer blob, int strings, Deque<DeviceTreeNode> open)
            throws Corrupt {
        int length = structure.getInt();
        String name = string(blob.duplicate().position(strings + structure.getInt()));
        require(length >= 0 && length <= structure.remaining() && !open.isEmpty());
        byte[] value = new byte[length];
        structure.get(value);
        align(structure);
        open.peek().set(name, value);
    }

    private static byte[] reservations(ByteBuffer in, int from) {
        int to = from;
        while (in.getLong(to) != 0 || in.getLong(to + 8) != 0) {
            to += 16;
        }
        byte[] octets = new byte[to + 16 - from];
        in.duplicate().position(from).get(octets);
        return octets;
    }

    private static String string(ByteBuffer in) {
        int start = in.position();
        while (in.get() != 0) {
            // up to the NUL
        }
        byte[] octets = new byte[in.position() - 1 - start];
        in.duplicate().position(start).get(octets);
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static void align(ByteBuffer structure) {
        structure.position(structure.position() + 3 & ~3);
    }

    private static void require(boolean condition) throws Corrupt {
        if (!condition) {
            throw new Corrupt();
        }
    }

    private static final class Corrupt extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** The tree as a blob of version 17. */
    public byte[] toBlob() {
        Writer writer = new Writer();
        writer.node(root);
        writer.word(END);
        byte[] structure = writer.structure.toByteArray();
        byte[] strings = writer.strings.toByteArray();
        int structureAt = HEADER + reservations.length;
        int stringsAt = structureAt + structure.length;
        int size = stringsAt + strings.length;
        return ByteBuffer.allocate(size)
                .putInt(MAGIC)
                .putInt(size)
                .putInt(structureAt)
                .putInt(stringsAt)
                .putInt(HEADER)
                .putInt(VERSION)
                .putInt(LAST_COMPATIBLE_VERSION)
                .putInt(0)
                .putInt(strings.length)
                .putInt(structure.length)
                .put(reservations)
                .put(structure)
                .put(strings)
                .array();
    }

    private static final class Writer {
        private final ByteArrayOutputStream structure = new ByteArrayOutputStream();
        private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
        private final Map<String, Integer> places = new HashMap<>();

        void node(DeviceTreeNode node) {
            word(BEGIN_NODE);
            octets(terminated(node.name()));
            node.properties().forEach(this::property);
            node.children().forEach(this::node);
            word(END_NODE);
        }

        private void property(String name, byte[] value) {
            word(PROPERTY);
            word(value.length);
            word(places.computeIfAbsent(name, this::place));
            octets(value);
        }

        private int place(String name) {
            int at = strings.size();
            strings.writeBytes(terminated(name));
            return at;
        }

        void word(int value) {
            structure.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
        }

        private void octets(byte[] octets) {
            structure.writeBytes(Arrays.copyOf(octets, octets.length + 3 & ~3));
        }

        private static byte[] terminated(String text) {
            byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
            return Arrays.copyOf(octets, octets.length + 1);
        }
    }
}
