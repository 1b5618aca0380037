/**
 * Pictures and printed tables of what a model or a program computes: data first, drawing second. The command line and the REPL
 * may depend on it.
 */
@NullMarked
package io.rasplens.runtime.view;

import org.jspecify.annotations.NullMarked;
