// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** How SYS_OPEN opens a file: the modes of ISO C's fopen, numbers 0 to 11; those with 'b' are no different. */
enum OpenMode {
    R(Set.of(StandardOpenOption.READ)),
    R_PLUS(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)),
    W(Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)),
    W_PLUS(Set.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)),
    A(Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE)),
    A_PLUS(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE));

    private final Set<? extends OpenOption> options;

    OpenMode(Set<? extends OpenOption> options) {
        this.options = options;
    }

    static OpenMode of(int number) throws Refusal {
        if (Integer.compareUnsigned(number, 2 * values().length) >= 0) {
            throw Errno.EINVAL.refusal();
        }
        return values()[number / 2];
    }

    Set<? extends OpenOption> options() {
        return options;
    }

    boolean reads() {
        return options.contains(StandardOpenOption.READ);
    }

    boolean writes() {
        return options.contains(StandardOpenOption.WRITE);
    }

    boolean creates() {
        return options.contains(StandardOpenOption.CREATE);
    }

    boolean appends() {
        return this == A || this == A_PLUS;
    }
}
