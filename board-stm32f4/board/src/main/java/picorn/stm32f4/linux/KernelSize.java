// SPDX-License-Identifier: MIT
package picorn.stm32f4.linux;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picorn.emulator.image.BadImage;

/**
 * Octets of a kernel's sections, as GNU size counts them, and of the file that a boot loader puts into memory.
 *
 * @param text code and constants
 * @param data what has a value at the start
 * @param bss what is zero at the start
 * @param image the file Image or xipImage
 */
public record KernelSize(long text, long data, long bss, long image) {
    private static final Pattern BERKELEY = Pattern.compile("(?m)^\\s*(\\d+)\\s+(\\d+)\\s+(\\d+)\\s+\\d+\\s");

    /**
     * From what {@code size} prints for one file.
     *
     * @param name for the message
     * @throws BadImage if it is something else
     */
    static KernelSize parse(String name, String berkeley, long image) throws BadImage {
        Matcher matcher = BERKELEY.matcher(berkeley);
        if (!matcher.find()) {
            throw new BadImage(name, "its file 'size' is not what GNU size prints", "build it again");
        }
        return new KernelSize(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                image);
    }
}
