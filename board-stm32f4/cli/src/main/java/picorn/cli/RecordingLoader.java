// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Loads the TCP/IP stack a second time, apart from everything else, and notes each of its classes that is loaded. */
final class RecordingLoader extends ClassLoader {
    private static final String STACK = "picorn.netstack.";

    private final List<String> drivers;
    private final Map<String, Long> code = new TreeMap<>();

    /** A loader that also loads the classes which drive the stack; these are not noted. */
    RecordingLoader(Class<?>... drivers) {
        super(RecordingLoader.class.getClassLoader());
        this.drivers = Arrays.stream(drivers).map(Class::getName).toList();
    }

    /** The octets of bytecode of each class that has been loaded, by its name. */
    Map<String, Long> code() {
        return code;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(STACK) && !drivers.contains(name)) {
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
            if (!drivers.contains(name)) {
                code.put(name, ClassFile.codeLength(octets));
            }
            return defineClass(name, octets, 0, octets.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
