// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/** Loads the TCP/IP stack a second time, apart from everything else, and notes each of its classes that is loaded. */
final class RecordingLoader extends ClassLoader {
    private static final String STACK = "picorn.netstack.";

    private final String driver;
    private final Map<String, Long> code = new TreeMap<>();

    /** A loader that also loads the class which drives the stack, and those within it; these are not noted. */
    RecordingLoader(Class<?> driver) {
        super(driver.getClassLoader());
        this.driver = driver.getName();
    }

    /** The octets of bytecode of each class that has been loaded, by its name. */
    Map<String, Long> code() {
        return code;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(STACK) && !name.startsWith(driver)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] octets = in.readAllBytes();
            if (!name.startsWith(driver)) {
                code.put(name, ClassFile.codeLength(octets));
            }
            return defineClass(name, octets, 0, octets.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
