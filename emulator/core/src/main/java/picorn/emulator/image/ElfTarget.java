// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.util.Map;

/** What an ELF file was built for, and the refusal of all that is no Cortex-M program. */
final class ElfTarget {
    private static final int CLASS = 4;
    private static final int CLASS_32 = 1;
    private static final int CLASS_64 = 2;
    private static final int DATA = 5;
    private static final int LITTLE_ENDIAN = 1;
    private static final int BIG_ENDIAN = 2;
    private static final int MACHINE = 18;
    private static final int ARM = 40;
    /** Code in big-endian order (ELF for the Arm Architecture, 5.2). */
    private static final int EF_ARM_BE8 = 0x0080_0000;

    private static final Map<Integer, String> MACHINES = Map.of(
            3, "x86", 8, "MIPS", 20, "PowerPC", ARM, "ARM", 62, "x86-64", 83, "AVR", 94, "Xtensa", 183, "AArch64", 243,
            "RISC-V");

    private ElfTarget() {}

    /** Refuses foreign processors; before the header is parsed, as its layout depends on that. */
    static void check(Octets file) throws BadImage {
        if (file.size() < MACHINE + 2) {
            return; // too short to tell: the header's own check refuses it
        }
        int bits = file.at(CLASS);
        int order = file.at(DATA);
        int machine = order == BIG_ENDIAN
                ? file.at(MACHINE) << 8 | file.at(MACHINE + 1)
                : file.at(MACHINE + 1) << 8 | file.at(MACHINE);
        if (bits != CLASS_32 || order != LITTLE_ENDIAN || machine != ARM) {
            throw foreign(
                    file,
                    "%s, %s, %s"
                            .formatted(
                                    MACHINES.getOrDefault(machine, "machine " + machine),
                                    bits == CLASS_32 ? "32-bit" : bits == CLASS_64 ? "64-bit" : "class " + bits,
                                    order == LITTLE_ENDIAN
                                            ? "little-endian"
                                            : order == BIG_ENDIAN ? "big-endian" : "encoding " + order));
        }
    }

    /** Refuses what is no finished program. */
    static void check(Octets file, ElfHeader header) throws BadImage {
        if ((header.flags() & EF_ARM_BE8) != 0) {
            throw foreign(file, "ARM, 32-bit, big-endian (BE8)");
        }
        switch (header.type()) {
            case 1 -> throw file.bad("it is an object file", "link it to a program");
            case 2 -> {}
            case 3 -> throw file.bad(
                    "it is a shared or position-independent ELF file", "link it at fixed addresses (-static -no-pie)");
            case 4 -> throw file.bad("it is a core dump", "name the program it was made by");
            default -> throw file.bad(
                    "it is an ELF file of unknown type %d (offset 0x10)".formatted(header.type()),
                    "build it as an executable");
        }
    }

    private static BadImage foreign(Octets file, String target) {
        return file.bad(
                "it is an ELF file for %s".formatted(target), "build it for a Cortex-M: ARM, 32-bit, little-endian");
    }
}
