// SPDX-License-Identifier: MIT
package picorn.stm32f4.linux;

import java.util.Optional;

/** What a kernel is told of its machine, in one of the two ways of Linux, Documentation/arm/booting.rst, section 4. */
sealed interface HardwareDescription {
    /**
     * Where memory is, as the kernel sees it.
     *
     * @param base first address
     * @param size octets
     * @param initrd address of the initial file system
     * @param initrdSize its octets, 0 without one
     */
    record Memory(int base, int size, int initrd, int initrdSize) {}

    /** The number for r1. */
    int machine();

    /** For the message that it does not fit. */
    String words();

    /** The octets for where r2 points to. */
    byte[] toOctets(Memory memory, Optional<String> commandLine);

    /** Where {@code size} octets of it go in SDRAM, of which what is from {@code limit} on is taken. */
    int placeBelow(int limit, int size);

    /** How many octets it may have, where the kernel's first address is so far from the start of SDRAM. */
    int room(int kernel);

    /** Where the kernel must end, with the description at one place and the file system at another. */
    int limit(int description, int initrd);

    /** A device tree, just below the file system. */
    record Tree(DeviceTree tree) implements HardwareDescription {
        private static final int NO_MACHINE_NUMBER = -1;
        private static final int ALIGNMENT = 8;
        /** A kernel with less SDRAM than this can fail before its console has a driver, so it is told to print without. */
        private static final int COMFORTABLE = 8 << 20;

        private static final String BOOTARGS = "bootargs";

        @Override
        public int machine() {
            return NO_MACHINE_NUMBER;
        }

        @Override
        public String words() {
            return "the device tree";
        }

        @Override
        public byte[] toOctets(Memory memory, Optional<String> commandLine) {
            tree.root()
                    .childOfType("memory")
                    .orElseGet(() -> tree.root().child("memory@0"))
                    .set("reg", memory.base(), memory.size());
            DeviceTreeNode chosen = tree.root().child("chosen");
            if (commandLine.isPresent()) {
                chosen.set(BOOTARGS, commandLine.get());
            } else if (memory.size() < COMFORTABLE) {
                chosen.set(BOOTARGS, (chosen.text(BOOTARGS).orElse("") + " earlycon").strip());
            }
            if (memory.initrdSize() > 0) {
                chosen.set("linux,initrd-start", memory.initrd());
                chosen.set("linux,initrd-end", memory.initrd() + memory.initrdSize());
            }
            return tree.toBlob();
        }

        @Override
        public int placeBelow(int limit, int size) {
            return limit - size & -ALIGNMENT;
        }

        @Override
        public int room(int kernel) {
            return Integer.MAX_VALUE; // where it is put, a kernel that reaches it is found
        }

        @Override
        public int limit(int description, int initrd) {
            return description;
        }
    }

    /** A tagged list, in the first 16 KB of memory. */
    record Tags(int machine) implements HardwareDescription {
        private static final int PLACE = 0x100;
        private static final int END = 16 << 10;

        @Override
        public String words() {
            return "the end of memory";
        }

        @Override
        public byte[] toOctets(Memory memory, Optional<String> commandLine) {
            TaggedList list = new TaggedList().memory(memory.size(), memory.base());
            if (memory.initrdSize() > 0) {
                list.initrd(memory.initrd(), memory.initrdSize());
            }
            commandLine.ifPresent(list::commandLine);
            return list.toOctets();
        }

        @Override
        public int placeBelow(int limit, int size) {
            return PLACE;
        }

        @Override
        public int room(int kernel) {
            return Math.max(Math.min(kernel, END) - PLACE, 0);
        }

        @Override
        public int limit(int description, int initrd) {
            return initrd;
        }
    }
}
