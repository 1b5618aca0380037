/**
 * Pictures and printed tables of what a model or a program computes: data first, drawing second. Answers, the page, the command line
 * and the REPL may depend on it, the engine and the analysis may not.
 */
@NullMarked
package io.rasplens.runtime.view;

import org.jspecify.annotations.NullMarked;
