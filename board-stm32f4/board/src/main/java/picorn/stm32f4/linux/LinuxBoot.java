// SPDX-License-Identifier: MIT
package picorn.stm32f4.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.Segment;
import picorn.emulator.image.Symbol;
import picorn.emulator.image.Symbols;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.socketdevice.SocketDevice;

/**
 * Puts a kernel, its device tree and its initial file system into one image, as a boot loader leaves them in memory (Linux,
 * Documentation/arm/booting.rst): the kernel where it is linked, the rest at the end of SDRAM, and in flash a small program that
 * sets clocks and memory up and enters the kernel.
 *
 * <pre>{@code
 * Image image = LinuxBoot.with(loader, kernel, DeviceTree.parse("board.dtb", blob))
 *         .commandLine("console=ttySTM0")
 *         .initrd("rootfs.cpio", Files.readAllBytes(Path.of("rootfs.cpio")))
 *         .imageFor(BoardModel.stm32429iEval());
 * }</pre>
 */
public final class LinuxBoot {
    /** Name of the loader's variable that says where to go and with what in r0 to r2. */
    private static final String HAND_OFF = "boot_linux_hand_off";

    private static final int SDRAM = 0xC000_0000;
    private static final int FLASH = 0x0800_0000;
    private static final int PAGE = 4096;
    private static final int NO_MACHINE_NUMBER = -1;

    private final Image loader;
    private final Image kernel;
    private final DeviceTree tree;
    private Optional<String> commandLine = Optional.empty();
    private byte[] initrd = {};
    private String initrdName = "";

    private LinuxBoot(Image loader, Image kernel, DeviceTree tree) {
        this.loader = loader;
        this.kernel = kernel;
        this.tree = tree;
    }

    /**
     * Boots {@code kernel} with the hardware that {@code tree} describes.
     *
     * @param loader the program that enters the kernel
     * @param kernel linked for SDRAM at address 0, or to execute in flash
     */
    public static LinuxBoot with(Image loader, Image kernel, DeviceTree tree) {
        return new LinuxBoot(loader, kernel, tree);
    }

    /** Replaces the tree's {@code bootargs}. */
    public LinuxBoot commandLine(String text) {
        commandLine = Optional.of(text);
        return this;
    }

    /** Adds an initial file system, a cpio archive that the kernel can unpack. */
    public LinuxBoot initrd(String name, byte[] contents) {
        initrdName = name;
        initrd = contents;
        return this;
    }

    /**
     * The image for a board. Addresses within SDRAM are counted from 0, as the kernel does.
     *
     * @throws BadImage when it does not fit, or the loader is none
     */
    public Image imageFor(BoardModel board) throws BadImage {
        int end = board.sdram();
        int initrdAt = end - initrd.length & -PAGE;
        describe(board, initrdAt);
        byte[] blob = tree.toBlob();
        int blobAt = initrdAt - blob.length & -8;
        List<Segment> segments = new ArrayList<>(loader.segments());
        int entry = kernel.entry().orElse(kernel.segments().get(0).address());
        handOff(segments, entry, blobAt);
        for (Segment each : kernel.segments()) {
            segments.add(inSdram(each, blobAt));
        }
        segments.add(new Segment(SDRAM + blobAt, blob));
        if (initrd.length > 0) {
            segments.add(new Segment(SDRAM + initrdAt, initrd));
        }
        segments.sort(Comparator.comparingLong(segment -> Integer.toUnsignedLong(segment.address())));
        return new Image(
                kernel.name(), kernel.format(), kernel.description(), segments, OptionalInt.empty(), symbols());
    }

    private void describe(BoardModel board, int initrdAt) {
        tree.root()
                .childOfType("memory")
                .orElseGet(() -> tree.root().child("memory@0"))
                .set("reg", 0, board.sdram());
        board.socketDevice().ifPresent(device -> describeSocketDevice());
        DeviceTreeNode chosen = tree.root().child("chosen");
        commandLine.ifPresent(text -> chosen.set("bootargs", text));
        if (initrd.length > 0) {
            chosen.set("linux,initrd-start", initrdAt);
            chosen.set("linux,initrd-end", initrdAt + initrd.length);
        }
    }

    private void describeSocketDevice() {
        DeviceTreeNode node = tree.root().child("soc").child("sockets@%x".formatted(SocketDevice.BASE));
        node.set("compatible", "picorn,sockets");
        node.set("reg", SocketDevice.BASE, SocketDevice.SIZE);
        node.set("interrupts", SocketDevice.INTERRUPT);
    }

    private Segment inSdram(Segment segment, int limit) throws BadImage {
        long start = Integer.toUnsignedLong(segment.address());
        if (start >= Integer.toUnsignedLong(FLASH)) {
            return segment;
        }
        if (start + segment.size() > limit) {
            throw new BadImage(
                    kernel.name(),
                    "it ends at %d KB of SDRAM, but the device tree%s must start at %d KB"
                            .formatted(
                                    start + segment.size() >> 10,
                                    initrd.length == 0 ? "" : " and " + initrdName,
                                    limit >> 10),
                    "give the board more SDRAM (--sdram), or the kernel and its file system less");
        }
        return new Segment(SDRAM + segment.address(), segment.bytes());
    }

    private void handOff(List<Segment> segments, int entry, int blobAt) throws BadImage {
        Symbol place = loader.symbols()
                .named(HAND_OFF)
                .orElseThrow(() -> new BadImage(
                        loader.name(), "it has no variable " + HAND_OFF, "use the boot-linux of firmware-images"));
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            int at = place.address() - segment.address();
            if (at >= 0 && at + 16 <= segment.size()) {
                byte[] patched = segment.bytes().clone();
                ByteBuffer.wrap(patched)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .position(at)
                        .putInt(entry)
                        .putInt(0)
                        .putInt(NO_MACHINE_NUMBER)
                        .putInt(blobAt);
                segments.set(i, new Segment(segment.address(), patched));
            }
        }
    }

    private Symbols symbols() {
        return kernel.symbols().size() > 0 ? kernel.symbols() : loader.symbols();
    }
}
