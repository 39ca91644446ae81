// SPDX-License-Identifier: MIT
package picorn.stm32f4.linux;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a Linux's console for what cannot go on: a kernel that has panicked and stays there (Linux, kernel/panic.c), a shell that init
 * starts again and again because there is no memory for it (mm/nommu.c; BusyBox, init/init.c). Remembers what was said of memory
 * before: a kernel that has too little of it ends in one of several ways.
 */
public final class LinuxFailure {
    private static final Pattern PANIC = Pattern.compile("---\\[ end Kernel panic - not syncing: (.*) \\]---");
    private static final Pattern NO_PIECE =
            Pattern.compile("nommu: Allocation of length (\\d+) from process (\\d+) \\((.*)\\) failed");
    private static final Pattern RESTARTED =
            Pattern.compile("process '(.*)' \\(pid (\\d+)\\) exited\\. Scheduling for restart");
    private static final List<String> SHORTAGES = List.of(
            "Out of memory",
            "page allocation failure",
            "Failed to allocate",
            "deadlocked on memory",
            "Initramfs unpacking failed",
            "error -12");
    /** So often a program must have been started in vain. */
    private static final int ATTEMPTS = 3;
    /** Of a longer line the rest says nothing of interest here. */
    private static final int LONGEST = 256;

    private final byte[] line = new byte[LONGEST];
    private int length;
    private boolean shortOfMemory;
    private Optional<String> message = Optional.empty();
    private String pieceOctets = "";
    private String pieceProcess = "";
    private int attempts;

    /** Takes the next octet of the console; whether it completes what tells of the end. */
    public boolean sees(int octet) {
        if (octet != '\n') {
            if (length < LONGEST && octet != '\r') {
                line[length++] = (byte) octet;
            }
            return false;
        }
        boolean before = message.isPresent();
        read(new String(line, 0, length, StandardCharsets.ISO_8859_1));
        length = 0;
        return message.isPresent() && !before;
    }

    private void read(String text) {
        shortOfMemory |= SHORTAGES.stream().anyMatch(text::contains);
        Matcher panic = PANIC.matcher(text);
        if (panic.find()) {
            message = Optional.of("the kernel panicked: " + panic.group(1));
        }
        Matcher noPiece = NO_PIECE.matcher(text);
        if (noPiece.find()) {
            pieceOctets = noPiece.group(1);
            pieceProcess = noPiece.group(2);
        }
        Matcher restarted = RESTARTED.matcher(text);
        if (restarted.find()) {
            countAttempt(restarted);
        }
    }

    private void countAttempt(Matcher restarted) {
        boolean inVain = restarted.group(2).equals(pieceProcess);
        attempts = inVain ? attempts + 1 : 0;
        if (attempts == ATTEMPTS) {
            shortOfMemory = true;
            message = Optional.of("there are no %s octets of memory in one piece for %s, which init starts in vain"
                    .formatted(pieceOctets, restarted.group(1)));
        }
    }

    /** Whether it complained of too little memory. */
    public boolean isShortOfMemory() {
        return shortOfMemory;
    }

    /** What has ended it, if something has. */
    public Optional<String> message() {
        return message;
    }
}
