// SPDX-License-Identifier: MIT
package picorn.emulator.image;

/** Text from a file or a user, made fit to stand in one line of a message. */
final class Printable {
    private Printable() {}

    /** {@code text} with a question mark for each control character, line ends among them. */
    static String of(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
