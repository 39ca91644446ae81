// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a USART leads on the host, as {@code --uart1} says. */
sealed interface SerialTarget {
    /** Its output to standard output. */
    record Print() implements SerialTarget {}

    /** Standard output, and standard input typed to it. */
    record Stdio() implements SerialTarget {}

    /** Its output to a file. */
    record ToFile(Path file) implements SerialTarget {}

    /** A TCP server on the loopback address. */
    record Tcp(int port) implements SerialTarget {}

    /** Reads what the user wrote. */
    static SerialTarget parse(String text) throws UsageError {
        if (text.equals("print")) {
            return new Print();
        }
        if (text.equals("stdio")) {
            return new Stdio();
        }
        if (text.startsWith("file=") && text.length() > 5) {
            return new ToFile(path(text.substring(5)));
        }
        if (text.matches("tcp=[0-9]{1,5}") && Integer.parseInt(text.substring(4)) <= 65535) {
            return new Tcp(Integer.parseInt(text.substring(4)));
        }
        throw new UsageError("--uart1 %s cannot be; it is print, stdio, file=FILE or tcp=PORT".formatted(text));
    }

    private static Path path(String text) throws UsageError {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageError("'%s' is not a file name".formatted(text));
        }
    }
}
