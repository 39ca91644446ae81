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
 * Puts a kernel, what it is told of its machine and its initial file system into one image, as a boot loader leaves them in memory
 * (Linux, Documentation/arm/booting.rst): the kernel where it is linked, the file system at the end of SDRAM, and in flash a small
 * program that sets clocks and memory up and enters the kernel.
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

    private final Image loader;
    private final Image kernel;
    private final HardwareDescription hardware;
    private final int base;
    private Optional<String> commandLine = Optional.empty();
    private byte[] initrd = {};
    private String initrdName = "";

    private LinuxBoot(Image loader, Image kernel, HardwareDescription hardware) {
        this.loader = loader;
        this.kernel = kernel;
        this.hardware = hardware;
        int linked = kernel.segments().get(0).address();
        base = Integer.compareUnsigned(linked, SDRAM) >= 0 ? SDRAM : 0;
    }

    /**
     * Boots {@code kernel} with the hardware that {@code tree} describes.
     *
     * @param loader the program that enters the kernel
     * @param kernel linked for SDRAM at address 0 or 0xC0000000, or to execute in flash
     */
    public static LinuxBoot with(Image loader, Image kernel, DeviceTree tree) {
        return new LinuxBoot(loader, kernel, new HardwareDescription.Tree(tree));
    }

    /**
     * Boots a kernel of the time before device trees: it is told a machine number and a list of tags.
     *
     * @param machine its number among ARM Linux's machines, which the kernel has to know
     */
    public static LinuxBoot withTags(Image loader, Image kernel, int machine) {
        return new LinuxBoot(loader, kernel, new HardwareDescription.Tags(machine));
    }

    /** Replaces the tree's {@code bootargs}. Without, they stay; {@code earlycon} joins them where there is little SDRAM. */
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
     * The image for a board. Addresses within SDRAM are counted from where the kernel is linked: 0, or 0xC0000000.
     *
     * @throws BadImage when it does not fit, or the loader is none
     */
    public Image imageFor(BoardModel board) throws BadImage {
        int initrdAt = board.sdram() - initrd.length & -PAGE;
        if (board.socketDevice().isPresent() && hardware instanceof HardwareDescription.Tree described) {
            describeSocketDevice(described.tree());
        }
        byte[] description = hardware.toOctets(
                new HardwareDescription.Memory(base, board.sdram(), base + initrdAt, initrd.length), commandLine);
        checkDescription(description.length);
        int descriptionAt = hardware.placeBelow(initrdAt, description.length);
        checkRoom(hardware.limit(descriptionAt, initrdAt));
        List<Segment> segments = new ArrayList<>(loader.segments());
        int entry = kernel.entry().orElse(kernel.segments().get(0).address());
        handOff(segments, entry, base + descriptionAt);
        kernel.segments().forEach(each -> segments.add(inSdram(each)));
        segments.add(new Segment(SDRAM + descriptionAt, description));
        if (initrd.length > 0) {
            segments.add(new Segment(SDRAM + initrdAt, initrd));
        }
        segments.sort(Comparator.comparingLong(segment -> Integer.toUnsignedLong(segment.address())));
        return new Image(
                kernel.name(), kernel.format(), kernel.description(), segments, OptionalInt.empty(), symbols());
    }

    private static void describeSocketDevice(DeviceTree tree) {
        DeviceTreeNode node = tree.root().child("soc").child("sockets@%x".formatted(SocketDevice.BASE));
        node.set("compatible", "picorn,sockets");
        node.set("reg", SocketDevice.BASE, SocketDevice.SIZE);
        node.set("interrupts", SocketDevice.INTERRUPT);
    }

    private boolean isInSdram(Segment segment) {
        return isInSdram(segment.address());
    }

    private boolean isInSdram(int address) {
        return Integer.compareUnsigned(address, base) >= 0
                && (base != 0 || Integer.compareUnsigned(address, FLASH) < 0);
    }

    private Segment inSdram(Segment segment) {
        return isInSdram(segment) ? new Segment(SDRAM - base + segment.address(), segment.bytes()) : segment;
    }

    private void checkDescription(int size) throws BadImage {
        int start = kernel.segments().stream()
                .filter(this::isInSdram)
                .mapToInt(segment -> segment.address() - base)
                .min()
                .orElse(Integer.MAX_VALUE);
        if (size > hardware.room(start)) {
            throw new BadImage(
                    kernel.name(),
                    "its tags would have %d octets with the command line, and %d are free for them before the kernel"
                            .formatted(size, hardware.room(start)),
                    "shorten --append");
        }
    }

    /** The kernel, with what it clears at its start, must leave alone what follows. */
    private void checkRoom(int limit) throws BadImage {
        long end = kernel.segments().stream()
                .filter(this::isInSdram)
                .mapToLong(segment -> segment.address() - base + (long) segment.size())
                .max()
                .orElse(0);
        if (base == 0) {
            end = Math.max(end, kernel.symbols().reachBefore(FLASH));
        }
        if (end > limit) {
            throw new BadImage(
                    kernel.name(),
                    "it ends at %d KB of SDRAM, but %s%s must start at %d KB"
                            .formatted(
                                    end >> 10,
                                    hardware.words(),
                                    initrd.length == 0 ? "" : " and " + initrdName,
                                    limit >> 10),
                    "give the board more SDRAM (--sdram), or the kernel and its file system less");
        }
    }

    private void handOff(List<Segment> segments, int entry, int descriptionAt) throws BadImage {
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
                        .putInt(hardware.machine())
                        .putInt(descriptionAt);
                segments.set(i, new Segment(segment.address(), patched));
            }
        }
    }

    private Symbols symbols() {
        return kernel.symbols().size() > 0 ? kernel.symbols() : loader.symbols();
    }
}
